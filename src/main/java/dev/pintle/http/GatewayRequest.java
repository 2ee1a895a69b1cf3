package dev.pintle.http;

import org.jspecify.annotations.Nullable;

/**
 * A request: as the client sent it at the front door, as the upstream will see it at the end of the chain. Immutable but
 * for its body, which flows once.
 *
 * @param method as sent; methods are case-sensitive
 * @param scheme {@code http} or {@code https}: how the client reached the gateway
 * @param authority the host and port the client asked for, as sent; empty when it named none (HTTP/1.0)
 * @param path the octets of the path, never decoded; begins with a slash, or is {@code *}
 * @param query the octets after the question mark; null when there is none
 * @param headers without {@code Host}
 */
public record GatewayRequest(
        String method,
        String scheme,
        String authority,
        String path,
        @Nullable String query,
        Headers headers,
        Body body) {

    public GatewayRequest withAuthority(String other) {
        return new GatewayRequest(method, scheme, other, path, query, headers, body);
    }

    public GatewayRequest withPath(String other) {
        return new GatewayRequest(method, scheme, authority, other, query, headers, body);
    }

    public GatewayRequest withHeaders(Headers other) {
        return new GatewayRequest(method, scheme, authority, path, query, other, body);
    }

    public GatewayRequest withBody(Body other) {
        return new GatewayRequest(method, scheme, authority, path, query, headers, other);
    }

    /** Path and query as they stand in a request line. */
    public String target() {
        return query == null ? path : path + '?' + query;
    }
}
