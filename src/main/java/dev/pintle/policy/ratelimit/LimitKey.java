package dev.pintle.policy.ratelimit;

import dev.pintle.crypto.Sha256;
import dev.pintle.http.ClientNetwork;
import dev.pintle.http.Exchange;
import org.jspecify.annotations.Nullable;

/** Whose requests share a bucket. Buckets are named after the client's network or a hash, never after a header's value. */
public final class LimitKey {
    private static final String ROUTE = "route";
    private static final String CLIENT = "client";
    private static final String HEADER = "header:";

    /** Half of a SHA-256 is enough: nobody finds two values with the same. */
    private static final int HASH_DIGITS = 32;

    private final String text;
    private final @Nullable String header;

    private LimitKey(String text, @Nullable String header) {
        this.text = text;
        this.header = header;
    }

    /**
     * The key that operators write as {@code route}, {@code client} or {@code header:NAME}.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    public static LimitKey parse(String text) {
        if (text.equals(ROUTE) || text.equals(CLIENT)) {
            return new LimitKey(text, null);
        }
        if (text.startsWith(HEADER) && text.length() > HEADER.length()) {
            return new LimitKey(text, text.substring(HEADER.length()));
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is no key of a rate limit; write route, client or header:NAME");
    }

    /** The bucket that a request draws from; requests without the header draw from their client's. */
    String of(Exchange exchange) {
        if (isOfWholeRoute()) {
            return ROUTE;
        }
        String value = header == null ? null : exchange.request().headers().first(header);
        return value == null ? client(exchange.client().address()) : hash(value);
    }

    /**
     * The bucket of a client as an operator knows it: by its address, or by the value of the header. Where the header
     * counts, an address means the requests from there that have none.
     */
    String of(String client) {
        if (isOfWholeRoute()) {
            return ROUTE;
        }
        return header == null || ClientNetwork.parse(client) != null ? client(client) : hash(client);
    }

    /** Whether all requests of the route share one bucket. */
    boolean isOfWholeRoute() {
        return text.equals(ROUTE);
    }

    /** As operators write it. */
    @Override
    public String toString() {
        return text;
    }

    private static String client(String address) {
        return ClientNetwork.of(address).toString();
    }

    private static String hash(String value) {
        return Sha256.hex(value).substring(0, HASH_DIGITS);
    }
}
