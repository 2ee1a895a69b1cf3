package dev.pintle.store;

import dev.pintle.guard.GuardBounds;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest revision waits for its confirmation.
 *
 * @param revertsAt the time when it reverts, by PostgreSQL's clock; for display
 * @param left the time until then when this was read; not positive once it is over
 * @param guard the bounds that revert it earlier; null for none
 */
public record PendingConfirmation(
        long revision,
        Instant revertsAt,
        Duration left,
        @Nullable GuardBounds guard) {
    /** Whether the time is over. */
    public boolean isDue() {
        return !left.isPositive();
    }

    /** The same with another time left. */
    public PendingConfirmation withLeft(Duration other) {
        return new PendingConfirmation(revision, revertsAt, other, guard);
    }
}
