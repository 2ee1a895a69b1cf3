package dev.pintle.policy.forwarding;

import dev.pintle.http.HeaderNameSet;
import dev.pintle.http.Headers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Removes the headers of a single connection, which a gateway must not forward (RFC 9110 section 7.6.1). */
final class HopByHopHeaders {
    private static final HeaderNameSet NAMES = HeaderNameSet.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "transfer-encoding",
            "upgrade");

    private static final HeaderNameSet IMPERSONATED = HeaderNameSet.of(
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

    /** Values of {@code Connection} that name no header. */
    private static final HeaderNameSet ORDINARY = HeaderNameSet.of("close", "keep-alive");

    private HopByHopHeaders() {}

    /**
     * Removes hop-by-hop headers, the headers that {@code Connection} names, and further ones.
     *
     * @param dropped selects further headers by their name
     * @param added the number of headers that the caller adds; the builder has places for them
     */
    static Headers.Builder stripped(Headers headers, Predicate<String> dropped, int added) {
        return namesHeaders(headers)
                ? stripped(headers, dropped, added, new HashSet<>())
                : kept(headers, dropped, added, Set.of());
    }

    /**
     * Removes headers and collects their names.
     *
     * @param named receives the headers that {@code Connection} names, so at most as many as the message has
     */
    static Headers.Builder stripped(Headers headers, Predicate<String> dropped, int added, Set<String> named) {
        Set<String> present = new HashSet<>();
        headers.forEach((name, value) -> present.add(name.toLowerCase(Locale.ROOT)));
        headers.forEachToken("Connection", token -> {
            if (present.contains(token)) {
                named.add(token);
            }
        });
        return kept(headers, dropped, added, named);
    }

    private static Headers.Builder kept(Headers headers, Predicate<String> dropped, int added, Set<String> named) {
        Headers.Builder kept = Headers.builder(headers.size() + added);
        headers.forEach((name, value) -> {
            if (!isHopByHop(name) && !isNamed(name, named) && !dropped.test(name)) {
                kept.add(name, value);
            }
        });
        return kept;
    }

    /** Returns whether {@code Connection} has other options than most messages, which name no further header. */
    private static boolean namesHeaders(Headers headers) {
        String connection = headers.first("Connection");
        return connection != null && (headers.isRepeated("Connection") || !ORDINARY.contains(connection));
    }

    private static boolean isNamed(String name, Set<String> named) {
        return !named.isEmpty() && named.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Returns whether a header is never forwarded. */
    static boolean isHopByHop(String name) {
        return NAMES.contains(name) || isImpersonation(name);
    }

    /** Matches names such as {@code Content_Length}, because some upstreams read an underscore as a hyphen. */
    private static boolean isImpersonation(String name) {
        return name.indexOf('_') >= 0 && IMPERSONATED.contains(name.replace('_', '-'));
    }
}
