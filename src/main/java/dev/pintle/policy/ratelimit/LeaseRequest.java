package dev.pintle.policy.ratelimit;

/**
 * A request to Redis for one bucket.
 *
 * @param wanted the maximum number of tokens to take; zero only reads
 * @param returned the number of tokens to return first
 * @param unsettled the number of tokens that the node spent without Redis
 * @param max the upper bound of the level that this node knows
 * @param extrapolatedMax the upper bound if all nodes spent as many tokens without Redis as this one
 * @param lastTime the time of the last response for this bucket, by the clock of Redis in microseconds; zero if none
 */
record LeaseRequest(
        BucketAddress address,
        Rate rate,
        long wanted,
        long returned,
        long unsettled,
        long max,
        long extrapolatedMax,
        long lastTime) {}
