package dev.pintle.policy.ratelimit;

import dev.pintle.http.Exchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps requests to buckets. The name of a bucket is a client network or a hash, never a header value. As a string, the
 * key equals the configured text.
 */
public sealed interface LimitKey
        permits RouteLimitKey, ClientLimitKey, ConsumerLimitKey, HeaderLimitKey, ClaimLimitKey {
    /**
     * Parses a key such as {@code route}, {@code client}, {@code consumer}, {@code header:NAME} or {@code claim:NAME}.
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
        if (text.equals(ConsumerLimitKey.TEXT)) {
            return new ConsumerLimitKey();
        }
        if (text.startsWith(ClaimLimitKey.PREFIX) && text.length() > ClaimLimitKey.PREFIX.length()) {
            return new ClaimLimitKey(text.substring(ClaimLimitKey.PREFIX.length()));
        }
        if (text.startsWith(HeaderLimitKey.PREFIX) && text.length() > HeaderLimitKey.PREFIX.length()) {
            return new HeaderLimitKey(text.substring(HeaderLimitKey.PREFIX.length()));
        }
        throw new IllegalArgumentException("The rate limit key \"" + text
                + "\" is unknown: write route, client, consumer, header:NAME or claim:NAME");
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

    /** Whether only the request of an identified client has the value that the key counts by. */
    default boolean needsIdentity() {
        return false;
    }
}
