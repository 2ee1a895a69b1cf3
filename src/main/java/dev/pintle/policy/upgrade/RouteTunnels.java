package dev.pintle.policy.upgrade;

import dev.pintle.policy.RouteState;
import dev.pintle.policy.concurrency.ConcurrencyLimiter;

/** The open tunnels of one route. Safe for all threads. */
record RouteTunnels(ConcurrencyLimiter limiter) implements RouteState {
    @Override
    public boolean isFresh() {
        return limiter.isFresh();
    }
}
