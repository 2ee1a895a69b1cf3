package dev.pintle.policy.ratelimit;

import dev.pintle.http.Exchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps requests to buckets. The name of a bucket is a client network or a hash, never a header value. As a string, the
 * key equals the configured text.
 */
public sealed interface LimitKey permits RouteLimitKey, ClientLimitKey, HeaderLimitKey {
    /**
     * Parses a key such as {@code route}, {@code client} or {@code header:NAME}.
     *
     * @throws IllegalArgumentException for an unknown key
     */
    static LimitKey parse(String text) {
        if (text.equals(RouteLimitKey.TEXT)) {
            return new RouteLimitKey();
        }
        if (text.equals(ClientLimitKey.TEXT)) {
            return new ClientLimitKey();
        }
        if (text.startsWith(HeaderLimitKey.PREFIX) && text.length() > HeaderLimitKey.PREFIX.length()) {
            return new HeaderLimitKey(text.substring(HeaderLimitKey.PREFIX.length()));
        }
        throw new IllegalArgumentException(
                "The rate limit key \"" + text + "\" is unknown: write route, client or header:NAME");
    }

    /** Returns the buckets that a request draws from, usually one. All of them must admit it. */
    List<String> of(Exchange exchange);

    /**
     * Returns the bucket of a client that an operator names.
     *
     * @param client an address, or a value of the header
     * @return null if the limit does not count such clients
     */
    @Nullable
    String ofClient(String client);
}
