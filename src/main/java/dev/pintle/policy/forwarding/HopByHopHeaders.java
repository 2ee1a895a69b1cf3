package dev.pintle.policy.forwarding;

import dev.pintle.http.Headers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The fields that are meant for one connection alone and never passed on (RFC 9110 section 7.6.1). */
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

    private static final Set<String> LOOKED_ALIKE = Set.of(
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
     * The fields that go on: all but those of the connection, those that {@code Connection} names, and more.
     *
     * @param dropped says of a name in lower case whether its fields stay behind too
     */
    static Headers.Builder stripped(Headers headers, Predicate<String> dropped) {
        return stripped(headers, dropped, new HashSet<>());
    }

    /**
     * The same.
     *
     * @param named empty; collects the names of {@code Connection} that name a header, which are no more than there are headers
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
            if (!isOne(lower) && !named.contains(lower) && !dropped.test(lower)) {
                kept.add(name, value);
            }
        });
        return kept;
    }

    /** Whether a field, whose name is given in lower case, is never passed on. */
    static boolean isOne(String lower) {
        return NAMES.contains(lower) || isLookAlike(lower);
    }

    /** {@code Content_Length} and its kind: some upstreams read an underscore as a hyphen. */
    private static boolean isLookAlike(String lower) {
        return lower.indexOf('_') >= 0 && LOOKED_ALIKE.contains(lower.replace('_', '-'));
    }
}
