package dev.pintle.policy.ratelimit;

/**
 * The answer of Redis for one bucket.
 *
 * @param granted tokens that the node may spend
 * @param left whole tokens that are left in the bucket; negative if nodes have spent more than there was
 * @param nanosToNext time until the bucket has one more, at least one; zero if it is full
 * @param time when Redis answered, by its clock in microseconds
 */
record LeaseResult(long granted, long left, long nanosToNext, long time) {}
