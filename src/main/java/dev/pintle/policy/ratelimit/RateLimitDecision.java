package dev.pintle.policy.ratelimit;

/**
 * Whether a bucket admits a request, and what is left after it.
 *
 * @param left whole tokens
 * @param nanosToNext time until the bucket has one more
 * @param alone whether this node decided without Redis, although the bucket is there
 */
record RateLimitDecision(boolean allowed, long left, long nanosToNext, boolean alone) {}
