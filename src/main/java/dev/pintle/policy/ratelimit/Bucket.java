package dev.pintle.policy.ratelimit;

import org.jspecify.annotations.Nullable;

/**
 * The token bucket of one key. Times are readings of one ticker, in nanoseconds.
 *
 * <p>{@link #take} serves a request that draws from one bucket. A request with several buckets locks all of them, reads
 * the {@link #stock} of each, and takes a token from all or from none: see {@link BucketTransaction}.
 *
 * <p>Safe for all threads. The methods from {@link #stock} to {@link #putBack} require the lock.
 */
sealed interface Bucket permits TokenBucket, DistributedTokenBucket {
    /**
     * Takes a token if the bucket has one.
     *
     * @return null if the bucket is retired; the caller must get the bucket that replaces it
     */
    @Nullable
    RateLimitDecision take(LimitTerms terms, long now);

    /** Returns the position of the bucket in the {@link LockOrder}. */
    long order();

    /**
     * Locks the bucket.
     *
     * @return false if the bucket is retired and stays unlocked
     */
    boolean lock();

    void unlock();

    /** Returns whether the bucket has a token. */
    Stock stock(LimitTerms terms, long now);

    /** Takes a token from a bucket that is {@link Stock#READY}. */
    RateLimitDecision spend(LimitTerms terms, long now);

    /** Returns the refusal of a bucket that is {@link Stock#EMPTY}, with its duration. */
    RateLimitDecision refuse(LimitTerms terms, long now);

    /** Returns the token of a decision to the bucket. */
    void putBack(RateLimitDecision spent);

    /** Applies a new rate and keeps the level in proportion. */
    void adopt(LimitTerms terms, long now);

    /** Returns the level as far as this node knows it. */
    BucketLevel level(LimitTerms terms, long now);

    /** Returns the level that the nodes share; the local level if they share none. */
    BucketLevel sharedLevel(LimitTerms terms, long now);

    /** Fills the bucket. */
    void reset(LimitTerms terms, long now);

    /**
     * Retires the bucket if it is full, because a new bucket is equal.
     *
     * @return whether it is retired
     */
    boolean retire(LimitTerms terms, long now);
}
