package dev.pintle.policy.ratelimit;

import dev.pintle.http.ClientNetwork;
import dev.pintle.http.Exchange;
import java.util.List;

/** Each consumer has a bucket. A request without a consumer draws from the bucket of its client. */
record ConsumerLimitKey() implements LimitKey {
    static final String TEXT = "consumer";

    @Override
    public List<String> of(Exchange exchange) {
        String consumer = exchange.context().identity().consumer();
        return List.of(consumer == null ? ClientLimitKey.bucket(exchange) : consumer);
    }

    /** An address means the requests from there without a consumer. */
    @Override
    public String ofClient(String client) {
        ClientNetwork network = ClientNetwork.parse(client);
        return network == null ? client : network.toString();
    }

    @Override
    public boolean needsIdentity() {
        return true;
    }

    @Override
    public String toString() {
        return TEXT;
    }
}
