package dev.pintle.policy.ratelimit;

import dev.pintle.crypto.Sha256;
import dev.pintle.http.ClientNetwork;
import dev.pintle.http.Exchange;
import dev.pintle.http.Headers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;

/**
 * One bucket per value of a header. The header counts as the upstream receives it: a header that {@code Connection}
 * names is absent. A request without the header draws from the bucket of its client.
 *
 * <p>A client cannot change its bucket by another spelling of the header: letter case and white space do not change the
 * value, and {@code -} and {@code _} are equal in the name. A request with several values draws from the buckets of all
 * of them, because the upstream may use any.
 *
 * @param name in any case
 */
record HeaderLimitKey(String name) implements LimitKey {
    static final String PREFIX = "header:";

    /** All requests with more values share one bucket. */
    private static final int MAX_VALUES = 4;

    private static final String TOO_MANY_VALUES = "many";

    /** Half of a SHA-256 digest is collision-resistant enough. */
    private static final int HASH_DIGITS = 32;

    @Override
    public List<String> of(Exchange exchange) {
        SequencedSet<String> values = values(exchange.request().headers());
        if (values.isEmpty()) {
            return List.of(ClientLimitKey.bucket(exchange));
        }
        return values.size() > MAX_VALUES
                ? List.of(TOO_MANY_VALUES)
                : values.stream().map(HeaderLimitKey::hash).toList();
    }

    /** An address selects the bucket of requests without the header. */
    @Override
    public String ofClient(String client) {
        ClientNetwork network = ClientNetwork.parse(client);
        return network == null ? hash(normalize(client)) : network.toString();
    }

    private SequencedSet<String> values(Headers headers) {
        List<String> hopByHop = headers.has("Connection") ? headers.tokens("Connection") : List.of();
        SequencedSet<String> values = new LinkedHashSet<>();
        headers.forEach((field, value) -> {
            if (isNamed(field) && !hopByHop.contains(field.toLowerCase(Locale.ROOT))) {
                values.add(normalize(value));
            }
        });
        values.remove("");
        return values;
    }

    private boolean isNamed(String field) {
        return field.length() == name.length() && hyphenated(field).equalsIgnoreCase(hyphenated(name));
    }

    private static String hyphenated(String field) {
        return field.replace('_', '-');
    }

    private static String normalize(String value) {
        return value.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    private static String hash(String value) {
        return Sha256.hex(value).substring(0, HASH_DIGITS);
    }

    @Override
    public String toString() {
        return PREFIX + name;
    }
}
