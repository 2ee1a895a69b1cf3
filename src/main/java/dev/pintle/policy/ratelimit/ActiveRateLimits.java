package dev.pintle.policy.ratelimit;

import dev.pintle.policy.RouteState;

/** Deactivates the limits of a route that no longer has the policy. The registry keeps the buckets. */
record ActiveRateLimits(String route, RateLimiterRegistry registry) implements RouteState {
    @Override
    public boolean isFresh() {
        return true;
    }

    @Override
    public void retire() {
        registry.deactivate(route);
    }
}
