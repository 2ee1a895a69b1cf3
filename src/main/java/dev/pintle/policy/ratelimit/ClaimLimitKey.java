package dev.pintle.policy.ratelimit;

import dev.pintle.crypto.Sha256;
import dev.pintle.http.ClientNetwork;
import dev.pintle.http.Exchange;
import java.util.List;

/** Each value of a claim of the verified token has a bucket. A request without the claim draws from the bucket of its client. */
record ClaimLimitKey(String name) implements LimitKey {
    static final String PREFIX = "claim:";

    /** Half of a SHA-256 avoids collisions. */
    private static final int HASH_DIGITS = 32;

    @Override
    public List<String> of(Exchange exchange) {
        String value = exchange.context().identity().claim(name);
        return List.of(value == null ? ClientLimitKey.bucket(exchange) : hash(value));
    }

    /** An address means the requests from there without the claim. */
    @Override
    public String ofClient(String client) {
        ClientNetwork network = ClientNetwork.parse(client);
        return network == null ? hash(client) : network.toString();
    }

    private static String hash(String value) {
        return Sha256.hex(value).substring(0, HASH_DIGITS);
    }

    @Override
    public boolean needsIdentity() {
        return true;
    }

    @Override
    public String toString() {
        return PREFIX + name;
    }
}
