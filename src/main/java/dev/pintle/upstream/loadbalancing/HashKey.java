package dev.pintle.upstream.loadbalancing;

import dev.pintle.http.Exchange;
import dev.pintle.http.Headers;
import org.jspecify.annotations.Nullable;

/** The part of a request that selects its target. */
@FunctionalInterface
public interface HashKey {
    /** The client's address. */
    HashKey CLIENT = exchange -> exchange.client().address();

    /** Null when the request has no such part. */
    @Nullable
    String of(Exchange exchange);

    /**
     * The key of {@code client}, {@code header:NAME} or {@code cookie:NAME}.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    static HashKey parse(String text) {
        if (text.equals("client")) {
            return CLIENT;
        }
        String name = text.substring(text.indexOf(':') + 1);
        if (text.startsWith("header:")) {
            return exchange -> exchange.request().headers().first(name);
        }
        if (text.startsWith("cookie:")) {
            return exchange -> cookie(exchange.request().headers(), name);
        }
        throw new IllegalArgumentException("no key to hash on: \"" + text + '"');
    }

    private static @Nullable String cookie(Headers headers, String name) {
        for (String field : headers.all("Cookie")) {
            for (String pair : field.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals >= 0 && pair.substring(0, equals).strip().equals(name)) {
                    return pair.substring(equals + 1).strip();
                }
            }
        }
        return null;
    }
}
