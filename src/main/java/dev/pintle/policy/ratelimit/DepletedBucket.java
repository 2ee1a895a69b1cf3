package dev.pintle.policy.ratelimit;

/**
 * A bucket that is not full.
 *
 * @param limit the name of the limit
 * @param key the beginning of its key: enough to distinguish clients, too short to identify them
 * @param left whole tokens
 * @param burst tokens of the full bucket
 */
public record DepletedBucket(String route, String limit, String key, long left, long burst) {}
