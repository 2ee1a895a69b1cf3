package dev.pintle.policy.ratelimit;

/**
 * What a node asks Redis for one bucket.
 *
 * @param want takes at most so many tokens; zero only reads
 * @param back returns so many tokens first
 * @param unsettled so many tokens the node has spent by itself
 * @param most the bucket has no more tokens than these, as far as the node knows
 * @param mostIfAlone the same if the other nodes have spent by themselves as this one
 * @param seen when Redis answered last about this bucket, by its clock in microseconds; zero if never
 */
record LeaseRequest(
        BucketAddress address,
        Rate rate,
        long want,
        long back,
        long unsettled,
        long most,
        long mostIfAlone,
        long seen) {}
