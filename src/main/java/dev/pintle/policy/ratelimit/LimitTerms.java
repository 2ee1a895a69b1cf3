package dev.pintle.policy.ratelimit;

/**
 * The terms of a rate limit, which apply to all its buckets.
 *
 * @param onRedisFailure the behavior while Redis is unavailable
 */
record LimitTerms(Rate rate, RedisFailureMode onRedisFailure) {}
