package dev.pintle.policy.ratelimit;

import java.time.Duration;

/**
 * A rate limit in force, and what it did on this node since the node started.
 *
 * @param key whose requests are counted together, as operators write it
 * @param allowed requests that passed
 * @param refused requests that did not
 */
public record RateLimitStatus(String route, int permits, Duration per, String key, long allowed, long refused) {}
