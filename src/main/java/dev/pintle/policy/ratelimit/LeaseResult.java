package dev.pintle.policy.ratelimit;

/**
 * What Redis gave a node out of a bucket.
 *
 * @param granted tokens that the node may spend
 * @param left whole tokens that are left in the bucket
 * @param nanosToNext until there is one more in it; zero when it is full
 */
record LeaseResult(long granted, long left, long nanosToNext) {}
