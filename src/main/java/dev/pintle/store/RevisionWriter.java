package dev.pintle.store;

import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentKey;
import dev.pintle.history.Cause;
import dev.pintle.history.DocumentDelta;
import dev.pintle.store.EditRejectedException.Reason;
import dev.pintle.store.WriteResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Computes the changes of a list of edits and writes them in the transaction of the caller. */
final class RevisionWriter {
    private final Handle handle;
    private final ConfigurationReader reader;

    RevisionWriter(Handle handle) {
        this.handle = handle;
        this.reader = new ConfigurationReader(handle);
    }

    /** @throws EditRejectedException when one of them is rejected; the caller must roll back then */
    WriteResult write(Author by, Cause cause, List<Edit> edits) throws EditRejectedException {
        long latest = reader.lockLatest();
        Decision decision = decide(latest, edits, endWait(by, cause));
        return new WriteResult(record(by, cause, latest, decision.changes()), decision.outcomes());
    }

    /** Computes the edits of a plan. The transaction sees one snapshot, or holds the lock on the latest revision. */
    PlannedEdits plan(EditPlan plan, Baseline baseline) throws EditRejectedException {
        Configuration latest = reader.from(baseline);
        return new PlannedEdits(plan, latest, plan.edits(latest, new HistoryReader(handle)));
    }

    /**
     * Writes planned edits, after computing them again if the configuration has changed.
     *
     * @throws EditRejectedException when the plan or one of its edits is rejected
     */
    CommittedPlan write(Author by, Cause cause, PlannedEdits planned) throws EditRejectedException {
        long latest = reader.lockLatest();
        Optional<PendingConfirmation> ended = endWait(by, cause);
        Baseline known = new Baseline.Known(planned.latest());
        PlannedEdits current = latest == planned.latest().revision() ? planned : plan(planned.plan(), known);
        List<DocumentChange> changes = decide(latest, current.edits(), ended).changes();
        record(by, cause, latest, changes);
        return new CommittedPlan(deltas(changes), reader.state(new Baseline.Known(current.latest())));
    }

    /**
     * Rejects a revision after one that waits for its confirmation, unless it reverts that one.
     *
     * @return the wait that the revert ends, if any
     * @throws EditRejectedException when such a revision waits
     */
    private Optional<PendingConfirmation> endWait(Author by, Cause cause) throws EditRejectedException {
        ConfirmationRow row = new ConfirmationRow(handle);
        Optional<PendingConfirmation> waiting = row.pending();
        if (waiting.isPresent()) {
            if (!cause.equals(Cause.revert(waiting.get().revision())) || by.confirmation() != null) {
                throw unconfirmed(waiting.get());
            }
            row.end();
        }
        return waiting;
    }

    private static EditRejectedException unconfirmed(PendingConfirmation waiting) {
        long number = waiting.revision();
        return new EditRejectedException(
                Reason.UNCONFIRMED,
                "",
                "Revision " + number + " is not confirmed; it reverts at " + waiting.revertsAt()
                        + " unless it is. Confirm it with POST /api/v1/revisions/" + number
                        + "/confirm or \"bin/pintle confirm " + number + "\", or revert it; then repeat the write.");
    }

    /**
     * Returns the changes that planned edits would make. It rejects the same edits as a write, but not because a revision waits for its
     * confirmation. The transaction sees one snapshot.
     */
    PlanPreview preview(PlannedEdits planned) throws EditRejectedException {
        Configuration latest = planned.latest();
        Decision decision = decide(latest.revision(), planned.edits(), Optional.empty());
        return new PlanPreview(latest, deltas(decision.changes()));
    }

    /**
     * Applies edits in memory.
     *
     * @param reverted the unconfirmed revision that the edits revert, if any. Its revert needs no node that knows every key: the
     *     cluster returns to that configuration in any case.
     */
    private Decision decide(long latest, List<Edit> edits, Optional<PendingConfirmation> reverted)
            throws EditRejectedException {
        Set<String> touched = routesOf(edits);
        Map<DocumentKey, StoredRow> stored =
                reader.documents(edits.stream().map(Edit::key).distinct().toList());
        RevisionDraft draft = new RevisionDraft(latest + 1, stored);
        List<Outcome> outcomes = new ArrayList<>();
        for (Edit edit : edits) {
            outcomes.add(draft.apply(edit));
        }
        List<DocumentChange> changes = draft.changes();
        if (reverted.isEmpty()) {
            new ClusterKeys(handle).require(draft.replacements());
        }
        if (!changes.isEmpty()) {
            MatchUniqueness.requireFree(handle, draft.matchKeys(), touched);
        }
        return new Decision(outcomes, changes);
    }

    /** Creates a revision unless nothing changes. */
    private long record(Author by, Cause cause, long latest, List<DocumentChange> changes) {
        if (changes.isEmpty()) {
            return latest;
        }
        new RevisionInsert(handle, latest + 1).record(by, cause, changes);
        return latest + 1;
    }

    private static Set<String> routesOf(List<Edit> edits) {
        return edits.stream()
                .map(Edit::key)
                .filter(DocumentKey::isRoute)
                .map(DocumentKey::id)
                .collect(Collectors.toSet());
    }

    private static List<DocumentDelta> deltas(List<DocumentChange> changes) {
        return changes.stream()
                .map(DocumentChange::delta)
                .sorted(DocumentDelta.ORDER)
                .toList();
    }

    private record Decision(List<Outcome> outcomes, List<DocumentChange> changes) {}
}
