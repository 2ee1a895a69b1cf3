package dev.pintle.policy.authentication;

import dev.pintle.http.GatewayRequest;
import java.util.Optional;

/** The credentials of one scheme in {@code Authorization} (RFC 9110 section 11.6.2), which a request has only once. */
final class AuthorizationHeader {
    private static final String NAME = "Authorization";

    private AuthorizationHeader() {}

    /** Whether a request has the header more than once, so that the gateway and the upstream could read different ones. */
    static boolean isRepeated(GatewayRequest request) {
        return request.headers().isRepeated(NAME);
    }

    /** The text after the scheme; empty when the request has no credentials of the scheme. */
    static Optional<String> credentials(GatewayRequest request, String scheme) {
        String value = request.headers().first(NAME);
        return value == null ? Optional.empty() : credentials(value.strip(), scheme);
    }

    private static Optional<String> credentials(String value, String scheme) {
        boolean isOfScheme = value.regionMatches(true, 0, scheme, 0, scheme.length())
                && (value.length() == scheme.length() || value.charAt(scheme.length()) == ' ');
        return isOfScheme ? Optional.of(value.substring(scheme.length()).strip()) : Optional.empty();
    }

    static GatewayRequest without(GatewayRequest request, String scheme) {
        return credentials(request, scheme).isPresent()
                ? request.withHeaders(request.headers().without(NAME::equalsIgnoreCase))
                : request;
    }
}
