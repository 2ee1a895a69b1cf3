package dev.pintle.store;

import dev.pintle.history.RevisionEntry;
import java.time.Instant;
import java.util.List;

/**
 * Revisions that one query read.
 *
 * @param readAt the time of the query by the clock of PostgreSQL, which also dates the revisions
 * @param entries the earliest first
 */
public record RevisionBatch(Instant readAt, List<RevisionEntry> entries) {
    public RevisionBatch {
        entries = List.copyOf(entries);
    }
}
