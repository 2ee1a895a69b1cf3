package dev.pintle.policy.ratelimit;

import dev.pintle.http.ClientNetwork;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Policy;
import dev.pintle.policy.concurrency.ConcurrencyLimitPolicy;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many exchanges of one client are on their way at once, so that none takes the node for itself. It remembers the
 * clients that are being answered, and no others. Safe for all threads.
 */
public final class PerClientConcurrencyLimit implements Policy {
    private final ConcurrentMap<ClientNetwork, Integer> inUse = new ConcurrentHashMap<>();
    private final int max;

    /**
     * A share for each client.
     *
     * @param max exchanges at once, 1 or more
     */
    public PerClientConcurrencyLimit(int max) {
        this.max = max;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        ClientNetwork client = ClientNetwork.of(exchange.client().address());
        if (inUse.merge(client, 1, Integer::sum) > max) {
            leave(client);
            return ConcurrencyLimitPolicy.refusal(
                    exchange, "as many requests as one client may make at once, " + max + ", are being answered");
        }
        return ConcurrencyLimitPolicy.counted(exchange, next, () -> leave(client));
    }

    private void leave(ClientNetwork client) {
        inUse.computeIfPresent(client, (name, count) -> less(count));
    }

    private static @Nullable Integer less(int count) {
        return count == 1 ? null : count - 1;
    }

    /** How many clients are being answered. */
    int clients() {
        return inUse.size();
    }
}
