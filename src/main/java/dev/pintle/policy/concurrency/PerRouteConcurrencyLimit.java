package dev.pintle.policy.concurrency;

import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Limits the concurrent exchanges of a route to three quarters of those of the node, so that slow clients or a slow
 * upstream of one route leave places for the others. It stores only routes with requests in flight. Safe for all
 * threads.
 */
public final class PerRouteConcurrencyLimit {
    private final ConcurrentMap<String, Integer> inUse = new ConcurrentHashMap<>();
    private final int max;

    /** @param node the maximum number of concurrent exchanges of the node, 1 or more */
    public PerRouteConcurrencyLimit(int node) {
        this.max = node - node / 4;
    }

    /** Passes an exchange to its route, or rejects it. */
    public GatewayResponse handle(Exchange exchange, String route, Handler next) {
        if (inUse.merge(route, 1, Integer::sum) > max) {
            release(route);
            return ConcurrencyLimitPolicy.rejected(
                    exchange,
                    "concurrency limit of " + max + " requests per route reached, three quarters of maxRequests");
        }
        return ConcurrencyLimitPolicy.releasingAfter(exchange, next, () -> release(route));
    }

    private void release(String route) {
        inUse.computeIfPresent(route, (id, count) -> decremented(count));
    }

    private static @Nullable Integer decremented(int count) {
        return count == 1 ? null : count - 1;
    }

    /** Returns the number of routes with requests in flight. */
    int routes() {
        return inUse.size();
    }
}
