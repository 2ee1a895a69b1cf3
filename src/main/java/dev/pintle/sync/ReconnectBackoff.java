package dev.pintle.sync;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long each time, at most five seconds, and between half and all of that by
 * chance, so that a fleet does not come back in one moment. Used by one thread.
 */
final class ReconnectBackoff {
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 5_000;

    private final RandomGenerator random;
    private long millis = FIRST_MILLIS;

    ReconnectBackoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long wait = random.nextLong(millis / 2, millis + 1);
        millis = Math.min(millis * 2, LONGEST_MILLIS);
        return Duration.ofMillis(wait);
    }

    /** The last try succeeded. */
    void reset() {
        millis = FIRST_MILLIS;
    }
}
