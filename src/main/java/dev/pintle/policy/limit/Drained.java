package dev.pintle.policy.limit;

/**
 * A bucket that is not full.
 *
 * @param key the beginning of its key, enough to tell clients apart and too little to be passed around
 * @param left whole tokens
 * @param burst tokens of the full bucket
 */
public record Drained(String route, String key, long left, long burst) {}
