package dev.pintle.policy.ratelimit;

import dev.pintle.http.Exchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose requests share a bucket. A bucket has the name of the client's network or a hash, never the value of a header. As a string, the
 * key reads as the operator wrote it.
 */
public sealed interface LimitKey permits RouteLimitKey, ClientLimitKey, HeaderLimitKey {
    /**
     * Reads a key such as {@code route}, {@code client} or {@code header:NAME}.
     *
     * @throws IllegalArgumentException if there is no such key
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

    /** The buckets that a request draws from, usually one. All of them must admit it. */
    List<String> of(Exchange exchange);

    /**
     * The bucket of a client as an operator names it.
     *
     * @param client an address, or a value that the limit counts
     * @return null if the limit does not count such clients
     */
    @Nullable
    String ofClient(String client);
}
