package dev.pintle.policy.ratelimit;

/**
 * Whether a request may pass, and what is left after it.
 *
 * @param left whole tokens
 * @param nanosToNext until there is one more
 * @param alone whether this node decided alone, though it should not
 */
record RateLimitDecision(boolean allowed, long left, long nanosToNext, boolean alone) {}
