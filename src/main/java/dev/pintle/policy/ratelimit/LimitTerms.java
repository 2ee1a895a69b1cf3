package dev.pintle.policy.ratelimit;

/**
 * What holds for the buckets of a rate limit.
 *
 * @param onRedisFailure what to do while Redis is unavailable
 */
record LimitTerms(Rate rate, RedisFailureMode onRedisFailure) {}
