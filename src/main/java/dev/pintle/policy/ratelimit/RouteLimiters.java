package dev.pintle.policy.ratelimit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The rate limits of one route: the active ones, and inactive ones until their buckets are full. One thread at a time
 * changes them; all threads may read the active ones.
 */
final class RouteLimiters {
    private final Map<String, RouteRateLimiter> byName = new HashMap<>();
    private volatile List<RouteRateLimiter> active = List.of();

    /** Returns the active limits in the configured order. */
    List<RouteRateLimiter> active() {
        return active;
    }

    /** Activates exactly these limits. */
    List<RouteRateLimiter> activate(
            List<RateLimitSettings> limits, Function<RateLimitSettings, RouteRateLimiter> factory) {
        List<RouteRateLimiter> next = new ArrayList<>();
        for (RateLimitSettings limit : limits) {
            RouteRateLimiter limiter = byName.computeIfAbsent(key(limit), name -> factory.apply(limit));
            limiter.adopt(limit);
            next.add(limiter);
        }
        active = List.copyOf(next);
        return active;
    }

    /** A limit that begins or ends to be shared has other buckets. Names have no colon. */
    private static String key(RateLimitSettings limit) {
        return limit.sharedAs() == null ? limit.name() : "shared:" + limit.sharedAs();
    }

    void deactivate() {
        active = List.of();
    }

    /**
     * Removes the inactive limits whose buckets are all full.
     *
     * @return whether no limit is left
     */
    boolean evictIdle() {
        byName.values().removeIf(limiter -> !active.contains(limiter) && limiter.isForgettable());
        return byName.isEmpty();
    }
}
