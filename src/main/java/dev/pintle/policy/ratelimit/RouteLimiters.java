package dev.pintle.policy.ratelimit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The rate limits of one route: those that are active, and those that were, as long as their buckets are not full. One thread at a time
 * changes them; any thread reads those that are active.
 */
final class RouteLimiters {
    private final Map<String, RouteRateLimiter> byName = new HashMap<>();
    private volatile List<RouteRateLimiter> active = List.of();

    /** The active limits, in the order in which the operator wrote them. */
    List<RouteRateLimiter> active() {
        return active;
    }

    /** Activates these limits, and no others. */
    List<RouteRateLimiter> activate(
            List<RateLimitSettings> limits, Function<RateLimitSettings, RouteRateLimiter> factory) {
        List<RouteRateLimiter> next = new ArrayList<>();
        for (RateLimitSettings limit : limits) {
            RouteRateLimiter limiter = byName.computeIfAbsent(limit.name(), name -> factory.apply(limit));
            limiter.adopt(limit);
            next.add(limiter);
        }
        active = List.copyOf(next);
        return active;
    }

    void deactivate() {
        active = List.of();
    }

    /**
     * Forgets the inactive limits whose buckets are all full.
     *
     * @return whether none is left
     */
    boolean tidy() {
        byName.values().removeIf(limiter -> !active.contains(limiter) && limiter.isForgettable());
        return byName.isEmpty();
    }
}
