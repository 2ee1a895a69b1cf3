package dev.pintle.policy.externalauth;

import dev.pintle.crypto.Sha256;
import dev.pintle.http.Exchange;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a request that a cached decision depends on.
 *
 * @param parts as in {@link ExternalAuthSpec#cacheKey()}
 */
record DecisionKey(List<String> parts) {
    private static final String HEADER = "header:";
    private static final String COOKIE = "cookie:";

    /** The digest of the parts; empty for a request without any of the headers and cookies, which nothing identifies. */
    Optional<String> hash(Exchange exchange) {
        StringBuilder text = new StringBuilder();
        boolean isIdentified = false;
        for (String part : parts) {
            List<String> values = values(part, exchange);
            isIdentified |= !values.isEmpty() && ExternalAuthSpec.isCredential(part);
            // Lengths keep the values of two parts apart.
            text.append(values.size()).append(';');
            values.forEach(value -> text.append(value.length()).append(':').append(value));
        }
        return isIdentified ? Optional.of(Sha256.hex(text.toString())) : Optional.empty();
    }

    private static List<String> values(String part, Exchange exchange) {
        if (part.startsWith(HEADER)) {
            return exchange.request().headers().all(part.substring(HEADER.length()));
        }
        if (part.startsWith(COOKIE)) {
            return cookies(part.substring(COOKIE.length()) + '=', exchange);
        }
        return List.of(
                switch (part) {
                    case "client" -> exchange.client().address();
                    case "host" -> exchange.client().origin().authority();
                    case "method" -> exchange.request().method();
                    case "path" -> exchange.request().path();
                    default -> throw new IllegalArgumentException(part);
                });
    }

    private static List<String> cookies(String start, Exchange exchange) {
        return exchange.request().headers().all("Cookie").stream()
                .flatMap(cookies -> Arrays.stream(cookies.split(";", -1)))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(start))
                .toList();
    }
}
