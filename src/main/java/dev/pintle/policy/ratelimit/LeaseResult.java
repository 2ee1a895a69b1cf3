package dev.pintle.policy.ratelimit;

/**
 * The response of Redis for one bucket.
 *
 * @param granted tokens that the node may spend
 * @param left whole tokens left in the bucket; negative if the nodes spent more than it had
 * @param nanosToNext time until the next token, at least one; zero if the bucket is full
 * @param time the time of the response, by the clock of Redis in microseconds
 */
record LeaseResult(long granted, long left, long nanosToNext, long time) {}
