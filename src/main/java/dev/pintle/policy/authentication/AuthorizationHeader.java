package dev.pintle.policy.authentication;

import dev.pintle.http.GatewayRequest;
import java.util.List;
import java.util.Optional;

/** The credentials of one scheme in {@code Authorization} (RFC 9110 section 11.6.2). */
final class AuthorizationHeader {
    private static final String NAME = "Authorization";

    private AuthorizationHeader() {}

    /** Whether a request has the header more than once, so that the gateway and the upstream could read different ones. */
    static boolean isRepeated(GatewayRequest request) {
        return request.headers().all(NAME).size() > 1;
    }

    /** The text after the scheme; empty when the request has no credentials of the scheme. */
    static Optional<String> credentials(GatewayRequest request, String scheme) {
        List<String> values = request.headers().all(NAME);
        return values.stream()
                .map(String::strip)
                .filter(value -> value.regionMatches(true, 0, scheme, 0, scheme.length())
                        && (value.length() == scheme.length() || value.charAt(scheme.length()) == ' '))
                .map(value -> value.substring(scheme.length()).strip())
                .findFirst();
    }

    static GatewayRequest without(GatewayRequest request, String scheme) {
        return credentials(request, scheme).isPresent()
                ? request.withHeaders(request.headers().without(NAME::equalsIgnoreCase))
                : request;
    }
}
