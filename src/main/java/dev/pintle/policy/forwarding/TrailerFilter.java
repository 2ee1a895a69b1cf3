package dev.pintle.policy.forwarding;

import dev.pintle.http.HeaderNameSet;

/**
 * Removes trailers that must not affect a message after its head (RFC 9110 section 6.5.1): framing, routing,
 * authentication, content, and the headers that the gateway sets. A recipient that merges trailers into the headers
 * would process them too late.
 */
final class TrailerFilter {
    private static final HeaderNameSet FORBIDDEN = HeaderNameSet.of(
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
        return FORBIDDEN.contains(name.replace('_', '-'))
                || HopByHopHeaders.isHopByHop(name)
                || ForwardedHeadersPolicy.isForwarding(name);
    }
}
