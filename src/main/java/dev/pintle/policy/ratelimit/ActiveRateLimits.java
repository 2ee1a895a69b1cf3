package dev.pintle.policy.ratelimit;

import dev.pintle.policy.RouteState;

/** Turns the limits of a route off when the route has none any more. The buckets are the registry's. */
record ActiveRateLimits(String route, RateLimiterRegistry registry) implements RouteState {
    @Override
    public boolean isFresh() {
        return true;
    }

    @Override
    public void retire() {
        registry.off(route);
    }
}
