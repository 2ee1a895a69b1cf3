package dev.pintle.store;

import java.util.List;

/**
 * The result of a list of edits.
 *
 * @param revision the new revision, or the current one when nothing changed
 * @param outcomes one for each edit, in order
 */
public record WriteResult(long revision, List<Outcome> outcomes) {
    /** The result of one edit. */
    public enum Outcome {
        CREATED,
        REPLACED,
        /** The stored document is equal; nothing was written. */
        UNCHANGED,
        DELETED
    }

    public WriteResult {
        outcomes = List.copyOf(outcomes);
    }
}
