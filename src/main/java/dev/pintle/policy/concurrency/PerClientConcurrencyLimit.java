package dev.pintle.policy.concurrency;

import dev.pintle.http.ClientNetwork;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Policy;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Limits the concurrent exchanges per client network, so that no client can occupy the node. It stores only clients
 * with requests in flight. Safe for all threads.
 */
public final class PerClientConcurrencyLimit implements Policy {
    private final ConcurrentMap<ClientNetwork, Integer> inUse = new ConcurrentHashMap<>();
    private final int max;

    /**
     * Creates the limit.
     *
     * @param max concurrent exchanges per client, 1 or more
     */
    public PerClientConcurrencyLimit(int max) {
        this.max = max;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        ClientNetwork client = ClientNetwork.of(exchange.client().address());
        if (inUse.merge(client, 1, Integer::sum) > max) {
            release(client);
            return ConcurrencyLimitPolicy.rejected(
                    exchange, "concurrency limit of " + max + " requests per client reached");
        }
        return ConcurrencyLimitPolicy.releasingAfter(exchange, next, () -> release(client));
    }

    private void release(ClientNetwork client) {
        inUse.computeIfPresent(client, (name, count) -> decremented(count));
    }

    private static @Nullable Integer decremented(int count) {
        return count == 1 ? null : count - 1;
    }

    /** Returns the number of clients with requests in flight. */
    int clients() {
        return inUse.size();
    }
}
