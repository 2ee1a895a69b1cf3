package dev.pintle.policy.ratelimit;

import java.time.Duration;

/**
 * An active rate limit, with its counters on this node since the start.
 *
 * @param name unique in the route
 * @param key the configured key of the limit
 * @param allowed requests that all limits of the route admitted
 * @param refused requests that this limit refused
 */
public record RateLimitStatus(
        String route, String name, int permits, Duration per, String key, long allowed, long refused) {}
