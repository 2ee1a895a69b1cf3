package dev.pintle.policy.ratelimit;

import java.time.Duration;

/**
 * An active rate limit, and what it did on this node since the node started.
 *
 * @param name unique in the route
 * @param key whose requests count together, as the operator wrote it
 * @param allowed requests that the limits of the route admitted
 * @param refused requests that this limit refused
 */
public record RateLimitStatus(
        String route, String name, int permits, Duration per, String key, long allowed, long refused) {}
