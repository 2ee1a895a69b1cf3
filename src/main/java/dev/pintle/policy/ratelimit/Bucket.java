package dev.pintle.policy.ratelimit;

import org.jspecify.annotations.Nullable;

/**
 * The token bucket of one key. Times are readings of one ticker, in nanoseconds.
 *
 * <p>{@link #take} serves a request that draws from one bucket. A request that draws from several locks them all, asks each for its
 * {@link #stock}, and takes a token from each or from none: see {@link BucketTransaction}. Safe for all threads; the methods from
 * {@link #stock} to {@link #putBack} require the lock.
 */
sealed interface Bucket permits TokenBucket, DistributedTokenBucket {
    /**
     * Takes a token if the bucket has one.
     *
     * @return null if the bucket is retired; another one takes its place
     */
    @Nullable
    RateLimitDecision take(LimitTerms terms, long now);

    /** The place of the bucket in the {@link LockOrder}. */
    long order();

    /**
     * Locks the bucket.
     *
     * @return false if the bucket is retired; it is not locked then
     */
    boolean lock();

    void unlock();

    /** Whether the bucket has a token. */
    Stock stock(LimitTerms terms, long now);

    /** Takes a token from a bucket that is {@link Stock#READY}. */
    RateLimitDecision spend(LimitTerms terms, long now);

    /** How long a bucket that is {@link Stock#EMPTY} refuses. */
    RateLimitDecision refuse(LimitTerms terms, long now);

    /** Puts back the token that a decision has spent. */
    void putBack(RateLimitDecision spent);

    /** Continues at a new rate, with the level in proportion. */
    void adopt(LimitTerms terms, long now);

    /** The level as far as this node knows it. */
    BucketLevel level(LimitTerms terms, long now);

    /** The level that all nodes share, if they share one. */
    BucketLevel sharedLevel(LimitTerms terms, long now);

    /** Fills the bucket. */
    void reset(LimitTerms terms, long now);

    /**
     * Retires the bucket if it is full, since a new one is the same.
     *
     * @return whether it is retired
     */
    boolean retire(LimitTerms terms, long now);
}
