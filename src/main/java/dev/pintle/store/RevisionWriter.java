package dev.pintle.store;

import dev.pintle.config.Configuration;
import dev.pintle.history.Cause;
import dev.pintle.history.DocumentDelta;
import dev.pintle.store.WriteResult.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Decides what a list of edits comes to and writes it, in a transaction that someone else begins and ends. */
final class RevisionWriter {
    private final Handle handle;
    private final ConfigurationReader reading;

    RevisionWriter(Handle handle) {
        this.handle = handle;
        this.reading = new ConfigurationReader(handle);
    }

    /** @throws EditRejectedException when one of them is refused; the transaction must not be committed then */
    WriteResult write(Author by, Cause cause, List<Edit> edits) throws EditRejectedException {
        long latest = reading.lockLatest();
        Decision decision = decide(latest, edits);
        return new WriteResult(record(by, cause, latest, decision.changes()), decision.outcomes());
    }

    /** Lets a plan decide. The transaction sees one snapshot, or holds the lock on the latest revision. */
    PlannedEdits plan(EditPlan plan, Baseline baseline) throws EditRejectedException {
        Configuration latest = reading.from(baseline);
        return new PlannedEdits(plan, latest, plan.edits(latest, new HistoryReader(handle)));
    }

    /**
     * Writes planned edits; the plan decides again when the configuration changed since.
     *
     * @throws EditRejectedException when the plan or one of its edits is refused
     */
    CommittedPlan write(Author by, Cause cause, PlannedEdits planned) throws EditRejectedException {
        long latest = reading.lockLatest();
        Baseline known = new Baseline.Known(planned.latest());
        PlannedEdits current = latest == planned.latest().revision() ? planned : plan(planned.plan(), known);
        List<DocumentChange> changes = decide(latest, current.edits()).changes();
        record(by, cause, latest, changes);
        return new CommittedPlan(deltas(changes), reading.from(new Baseline.Known(current.latest())));
    }

    /** The changes that planned edits would make. The transaction sees one snapshot. */
    PlanPreview preview(PlannedEdits planned) throws EditRejectedException {
        Configuration latest = planned.latest();
        return new PlanPreview(
                latest, deltas(decide(latest.revision(), planned.edits()).changes()));
    }

    private Decision decide(long latest, List<Edit> edits) throws EditRejectedException {
        Set<String> touched = routesOf(edits);
        RevisionDraft draft = new RevisionDraft(latest + 1, reading.routes(touched), reading.defaults());
        List<Outcome> outcomes = new ArrayList<>();
        for (Edit edit : edits) {
            outcomes.add(draft.apply(edit));
        }
        List<DocumentChange> changes = draft.changes();
        if (!changes.isEmpty()) {
            MatchUniqueness.requireFree(handle, draft.matchKeys(), touched);
        }
        return new Decision(outcomes, changes);
    }

    /** Nothing is recorded when nothing changes. */
    private long record(Author by, Cause cause, long latest, List<DocumentChange> changes) {
        if (changes.isEmpty()) {
            return latest;
        }
        new RevisionInsert(handle, latest + 1).record(by, cause, changes);
        return latest + 1;
    }

    private static Set<String> routesOf(List<Edit> edits) {
        Set<String> ids = new HashSet<>();
        for (Edit edit : edits) {
            switch (edit) {
                case Edit.PutRoute put -> ids.add(put.route().id());
                case Edit.RestoreRoute restore -> ids.add(restore.route().id());
                case Edit.DeleteRoute delete -> ids.add(delete.id());
                case Edit.PutDefaults defaults -> {}
                case Edit.RestoreDefaults defaults -> {}
            }
        }
        return ids;
    }

    private static List<DocumentDelta> deltas(List<DocumentChange> changes) {
        return changes.stream()
                .map(DocumentChange::delta)
                .sorted(DocumentDelta.ORDER)
                .toList();
    }

    private record Decision(List<Outcome> outcomes, List<DocumentChange> changes) {}
}
