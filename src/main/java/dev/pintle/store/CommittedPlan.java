package dev.pintle.store;

import dev.pintle.history.DocumentDelta;
import java.util.List;

/**
 * The result of a committed plan.
 *
 * @param changes the changed documents: the defaults, then routes by id
 * @param state the latest revision as of the write, read in its transaction
 */
public record CommittedPlan(List<DocumentDelta> changes, StoredState state) {
    public CommittedPlan {
        changes = List.copyOf(changes);
    }

    /** The revision that the plan created, or the latest one when nothing changed. */
    public long revision() {
        return state.configuration().revision();
    }
}
