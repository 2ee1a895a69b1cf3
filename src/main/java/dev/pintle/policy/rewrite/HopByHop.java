package dev.pintle.policy.rewrite;

import dev.pintle.exchange.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The fields that are meant for one connection alone and never passed on (RFC 9110 section 7.6.1). */
final class HopByHop {
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

    private HopByHop() {}

    /** The fields that go on: all but those of the connection, and those that {@code Connection} names. */
    static Headers stripped(Headers headers) {
        List<String> named = headers.tokens("Connection");
        return headers.without(name -> {
            String lower = name.toLowerCase(Locale.ROOT);
            return isOne(lower) || named.contains(lower);
        });
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
