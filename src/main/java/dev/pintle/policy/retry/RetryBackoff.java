package dev.pintle.policy.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pause before a retry: random, up to a bound that doubles with each retry ("full jitter"). Clients that failed
 * together therefore do not retry together.
 */
record RetryBackoff(Duration first, Duration max, RandomGenerator random) {
    private static final int MAX_DOUBLINGS = 20;

    /**
     * Returns the pause before the next attempt.
     *
     * @param attempts the number of attempts so far, 1 or more
     */
    Duration after(int attempts) {
        long doubled = first.toNanos() * (1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        long bound = Math.min(doubled, max.toNanos());
        return Duration.ofNanos(bound <= 0 ? 0 : random.nextLong(bound + 1));
    }
}
