package dev.pintle.policy.ratelimit;

/**
 * The decision of a bucket about a request, and the level after it.
 *
 * @param left whole tokens
 * @param nanosToNext time until the next token
 * @param local whether this node decided about a bucket in Redis without Redis
 */
record RateLimitDecision(boolean allowed, long left, long nanosToNext, boolean local) {}
