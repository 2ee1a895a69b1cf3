package dev.pintle.policy.ratelimit;

/**
 * A bucket that is not full.
 *
 * @param key the beginning of its key, enough to tell clients apart and too little to be passed around
 * @param left whole tokens
 * @param burst tokens of the full bucket
 */
public record DepletedBucket(String route, String key, long left, long burst) {}
