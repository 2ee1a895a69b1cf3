package dev.pintle.policy.ratelimit;

import dev.pintle.http.ClientNetwork;
import dev.pintle.http.Exchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One bucket per client: an IPv4 address or an IPv6 /64. */
record ClientLimitKey() implements LimitKey {
    static final String TEXT = "client";

    @Override
    public List<String> of(Exchange exchange) {
        return List.of(bucket(exchange));
    }

    @Override
    public @Nullable String ofClient(String client) {
        ClientNetwork network = ClientNetwork.parse(client);
        return network == null ? null : network.toString();
    }

    /** Returns the bucket of the client network. */
    static String bucket(Exchange exchange) {
        return ClientNetwork.of(exchange.client().address()).toString();
    }

    @Override
    public String toString() {
        return TEXT;
    }
}
