package dev.pintle.policy.ratelimit;

/**
 * The level of a client's bucket in one rate limit.
 *
 * @param limit the name of the limit
 * @param key whose requests the limit counts together, as the operator wrote it
 */
public record LimitLevel(String limit, String key, BucketLevel level) {}
