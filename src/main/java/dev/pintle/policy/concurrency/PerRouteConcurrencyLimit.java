package dev.pintle.policy.concurrency;

import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;

/**
 * Limits the concurrent exchanges of a route to three quarters of those of the node, so that slow clients or a slow
 * upstream of one route leave places for the others. Immutable.
 */
public final class PerRouteConcurrencyLimit {
    private final int max;

    /** @param node the maximum number of concurrent exchanges of the node, 1 or more */
    public PerRouteConcurrencyLimit(int node) {
        this.max = node - node / 4;
    }

    /** Passes an exchange to its route, or rejects it. */
    public GatewayResponse handle(Exchange exchange, RouteConcurrency route, Handler next) {
        return route.tryAcquire(max)
                ? ConcurrencyLimitPolicy.releasingAfter(exchange, next, route::release)
                : ConcurrencyLimitPolicy.rejected(
                        exchange,
                        "concurrency limit of " + max + " requests per route reached, three quarters of maxRequests");
    }
}
