package dev.pintle.store;

import java.util.List;

/**
 * What became of a list of edits.
 *
 * @param revision the revision they made, or the current one when nothing changed
 * @param outcomes one for each edit, in order
 */
public record WriteResult(long revision, List<Outcome> outcomes) {
    /** What became of one edit. */
    public enum Outcome {
        CREATED,
        REPLACED,
        /** The stored document says the same already; nothing was written. */
        UNCHANGED,
        DELETED
    }

    public WriteResult {
        outcomes = List.copyOf(outcomes);
    }
}
