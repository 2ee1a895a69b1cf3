package dev.pintle.store;

import java.time.Duration;
import java.time.Instant;

/**
 * The latest revision waits for its confirmation.
 *
 * @param revertsAt the time when it reverts, by PostgreSQL's clock; for display
 * @param left the time until then when this was read; not positive once it is over
 */
public record PendingConfirmation(long revision, Instant revertsAt, Duration left) {
    /** Whether the time is over. */
    public boolean isDue() {
        return !left.isPositive();
    }

    /** The same with another time left. */
    public PendingConfirmation withLeft(Duration other) {
        return new PendingConfirmation(revision, revertsAt, other);
    }
}
