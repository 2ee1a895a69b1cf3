package dev.pintle.policy.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before an attempt is repeated: a random time up to a bound that doubles each time ("full jitter"), so that
 * clients which failed together do not come back together.
 */
record RetryBackoff(Duration first, Duration most, RandomGenerator random) {
    private static final int MOST_DOUBLINGS = 20;

    /** @param attempts how many were made already, 1 or more */
    Duration after(int attempts) {
        long doubled = first.toNanos() * (1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        long bound = Math.min(doubled, most.toNanos());
        return Duration.ofNanos(bound <= 0 ? 0 : random.nextLong(bound + 1));
    }
}
