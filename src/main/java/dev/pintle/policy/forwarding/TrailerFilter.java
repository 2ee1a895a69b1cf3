package dev.pintle.policy.forwarding;

import java.util.Locale;
import java.util.Set;

/**
 * Trailers that are not passed on, either way. They come when all that they could rule has been decided, and a recipient that
 * takes them for header fields would decide it anew (RFC 9110 section 6.5.1): framing, routing, authentication, content, and
 * whatever the gateway itself vouches for.
 */
final class TrailerFilter {
    private static final Set<String> FORBIDDEN = Set.of(
            "authorization",
            "cache-control",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "expect",
            "host",
            "location",
            "max-forwards",
            "range",
            "set-cookie",
            "traceparent",
            "tracestate",
            "trailer",
            "via",
            "www-authenticate",
            "x-trace-id");

    private TrailerFilter() {}

    static boolean isForbidden(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return FORBIDDEN.contains(lower.replace('_', '-'))
                || HopByHopHeaders.isOne(lower)
                || ForwardedHeadersPolicy.isForwarding(lower);
    }
}
