package dev.pintle.policy.limit;

/**
 * Whether a request may pass, and what is left after it.
 *
 * @param left whole tokens
 * @param nanosToNext until there is one more
 */
record Decision(boolean allowed, long left, long nanosToNext) {}
