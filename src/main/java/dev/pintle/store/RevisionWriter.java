package dev.pintle.store;

import dev.pintle.store.WriteResult.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Decides what a list of edits comes to and writes it, in a transaction that someone else begins and ends. */
final class RevisionWriter {
    private final Handle handle;

    RevisionWriter(Handle handle) {
        this.handle = handle;
    }

    /** @throws EditRejectedException when one of them is refused; the transaction must not be committed then */
    WriteResult write(Author by, List<Edit> edits) throws EditRejectedException {
        ConfigurationReader reading = new ConfigurationReader(handle);
        long latest = reading.lockLatest();
        Set<String> touched = routesOf(edits);
        RevisionDraft draft = new RevisionDraft(latest + 1, reading.routes(touched), reading.defaults());
        List<Outcome> outcomes = new ArrayList<>();
        for (Edit edit : edits) {
            outcomes.add(draft.apply(edit));
        }
        List<DocumentChange> changes = draft.changes();
        if (changes.isEmpty()) {
            return new WriteResult(latest, outcomes);
        }
        MatchUniqueness.requireFree(handle, draft.matchKeys(), touched);
        new RevisionInsert(handle, latest + 1).record(by, changes);
        return new WriteResult(latest + 1, outcomes);
    }

    private static Set<String> routesOf(List<Edit> edits) {
        Set<String> ids = new HashSet<>();
        for (Edit edit : edits) {
            switch (edit) {
                case Edit.PutRoute put -> ids.add(put.route().id());
                case Edit.DeleteRoute delete -> ids.add(delete.id());
                case Edit.PutDefaults defaults -> {}
            }
        }
        return ids;
    }
}
