package dev.pintle.sync;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Computes the wait before the next attempt to connect. The wait doubles up to five seconds. A random factor between
 * one half and one spreads the reconnections of a cluster. Used by one thread.
 */
final class ReconnectBackoff {
    private static final long FIRST_MILLIS = 100;
    private static final long MAX_MILLIS = 5_000;

    private final RandomGenerator random;
    private long millis = FIRST_MILLIS;

    ReconnectBackoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long wait = random.nextLong(millis / 2, millis + 1);
        millis = Math.min(millis * 2, MAX_MILLIS);
        return Duration.ofMillis(wait);
    }

    /** Starts again with the shortest wait, after a successful attempt. */
    void reset() {
        millis = FIRST_MILLIS;
    }
}
