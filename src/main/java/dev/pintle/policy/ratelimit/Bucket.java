package dev.pintle.policy.ratelimit;

import org.jspecify.annotations.Nullable;

/**
 * What the requests of one key draw from. Times are readings of one ticker, in nanoseconds. Safe for all threads.
 */
interface Bucket {
    /**
     * Takes a token if there is one.
     *
     * @return null when the bucket is retired; another one stands in its place, or will
     */
    @Nullable
    RateLimitDecision take(Rate rate, long now);

    /** Goes on at this rate, as full as it is. */
    void adopt(Rate rate, long now);

    /** What is left, as far as is known here, without taking any. */
    BucketLevel level(Rate rate, long now);

    /** The same, and who knows better is asked. */
    default BucketLevel ask(Rate rate, long now) {
        return level(rate, now);
    }

    /** Fills it. */
    void reset(Rate rate, long now);

    /**
     * Retires the bucket if nothing is lost with it, that is when it is full.
     *
     * @return whether it is retired
     */
    boolean retire(Rate rate, long now);
}
