package dev.pintle.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One numbered state of the whole configuration, without its documents.
 *
 * @param at the time of the write, by PostgreSQL's clock
 * @param author the name of the token or the command
 * @param reason the author's reason, if any
 */
public record Revision(
        long number, Instant at, String author, @Nullable String reason, Cause cause, RevisionState state) {}
