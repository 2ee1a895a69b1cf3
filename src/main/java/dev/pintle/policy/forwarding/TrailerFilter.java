package dev.pintle.policy.forwarding;

import java.util.Locale;
import java.util.Set;

/**
 * Removes trailers that must not affect a message after its head (RFC 9110 section 6.5.1): framing, routing,
 * authentication, content, and the headers that the gateway sets. A recipient that merges trailers into the headers
 * would process them too late.
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
                || HopByHopHeaders.isHopByHop(lower)
                || ForwardedHeadersPolicy.isForwarding(lower);
    }
}
