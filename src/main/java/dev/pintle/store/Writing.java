package dev.pintle.store;

import dev.pintle.store.Written.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Decides what a list of edits comes to and writes it, in a transaction that someone else begins and ends. */
final class Writing {
    private final Handle handle;

    Writing(Handle handle) {
        this.handle = handle;
    }

    /** @throws RefusedEditException when one of them is refused; the transaction must not be committed then */
    Written write(Author by, List<Edit> edits) throws RefusedEditException {
        Reading reading = new Reading(handle);
        long latest = reading.lockLatest();
        Set<String> touched = routesOf(edits);
        Draft draft = new Draft(latest + 1, reading.routes(touched), reading.defaults());
        List<Outcome> outcomes = new ArrayList<>();
        for (Edit edit : edits) {
            outcomes.add(draft.apply(edit));
        }
        List<Change> changes = draft.changes();
        if (changes.isEmpty()) {
            return new Written(latest, outcomes);
        }
        Matches.requireFree(handle, draft.matchKeys(), touched);
        new Revision(handle, latest + 1).record(by, changes);
        return new Written(latest + 1, outcomes);
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
