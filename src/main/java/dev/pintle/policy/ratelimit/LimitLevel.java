package dev.pintle.policy.ratelimit;

/**
 * The level of a client's bucket in one rate limit.
 *
 * @param limit the name of the limit
 * @param key the configured key of the limit
 */
public record LimitLevel(String limit, String key, BucketLevel level) {}
