package dev.pintle.policy.forwarding;

import dev.pintle.http.Headers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Removes the headers of a single connection, which a gateway must not forward (RFC 9110 section 7.6.1). */
final class HopByHopHeaders {
    private static final Set<String> NAMES = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "transfer-encoding",
            "upgrade");

    private static final Set<String> IMPERSONATED = Set.of(
            "client-cert",
            "client-cert-chain",
            "content-length",
            "transfer-encoding",
            "connection",
            "forwarded",
            "via",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-proto",
            "x-real-ip",
            "x-trace-id");

    private HopByHopHeaders() {}

    /**
     * Removes hop-by-hop headers, the headers that {@code Connection} names, and further ones.
     *
     * @param dropped selects further headers by their name in lower case
     */
    static Headers.Builder stripped(Headers headers, Predicate<String> dropped) {
        return stripped(headers, dropped, new HashSet<>());
    }

    /**
     * Removes headers and collects their names.
     *
     * @param named receives the headers that {@code Connection} names, so at most as many as the message has
     */
    static Headers.Builder stripped(Headers headers, Predicate<String> dropped, Set<String> named) {
        if (headers.has("Connection")) {
            Set<String> present = new HashSet<>();
            headers.forEach((name, value) -> present.add(name.toLowerCase(Locale.ROOT)));
            headers.forEachToken("Connection", token -> {
                if (present.contains(token)) {
                    named.add(token);
                }
            });
        }
        Headers.Builder kept = Headers.builder();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!isHopByHop(lower) && !named.contains(lower) && !dropped.test(lower)) {
                kept.add(name, value);
            }
        });
        return kept;
    }

    /**
     * Returns whether a header is never forwarded.
     *
     * @param lower the name in lower case
     */
    static boolean isHopByHop(String lower) {
        return NAMES.contains(lower) || isImpersonation(lower);
    }

    /** Matches names such as {@code Content_Length}, because some upstreams read an underscore as a hyphen. */
    private static boolean isImpersonation(String lower) {
        return lower.indexOf('_') >= 0 && IMPERSONATED.contains(lower.replace('_', '-'));
    }
}
