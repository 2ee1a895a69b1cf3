package dev.pintle.http;

import org.jspecify.annotations.Nullable;

/**
 * A request at one point of the chain: first as the client sent it, at the end as the upstream receives it. Immutable,
 * except for its body, which is read once.
 *
 * @param method as sent; methods are case-sensitive
 * @param scheme {@code http} or {@code https}: the scheme between client and gateway
 * @param authority host and port as sent; empty when absent (HTTP/1.0)
 * @param path the path as sent, never decoded; begins with a slash, or is {@code *}
 * @param query the query as sent; null without a question mark
 * @param headers without {@code Host}
 * @param webSocket the handshake of a request that may become a tunnel; null for any other request
 */
public record GatewayRequest(
        String method,
        String scheme,
        String authority,
        String path,
        @Nullable String query,
        Headers headers,
        Body body,
        @Nullable WebSocketHandshake webSocket) {

    /** A request that expects an ordinary response. */
    public GatewayRequest(
            String method,
            String scheme,
            String authority,
            String path,
            @Nullable String query,
            Headers headers,
            Body body) {
        this(method, scheme, authority, path, query, headers, body, null);
    }

    public GatewayRequest withMethod(String other) {
        return new GatewayRequest(other, scheme, authority, path, query, headers, body);
    }

    public GatewayRequest withAuthority(String other) {
        return new GatewayRequest(method, scheme, other, path, query, headers, body, webSocket);
    }

    public GatewayRequest withPath(String other) {
        return new GatewayRequest(method, scheme, authority, other, query, headers, body, webSocket);
    }

    public GatewayRequest withQuery(@Nullable String other) {
        return new GatewayRequest(method, scheme, authority, path, other, headers, body);
    }

    public GatewayRequest withHeaders(Headers other) {
        return new GatewayRequest(method, scheme, authority, path, query, other, body, webSocket);
    }

    public GatewayRequest withBody(Body other) {
        return new GatewayRequest(method, scheme, authority, path, query, headers, other, webSocket);
    }

    public GatewayRequest with(WebSocketHandshake handshake) {
        return new GatewayRequest(method, scheme, authority, path, query, headers, body, handshake);
    }

    /** Path and query in the form of a request line. */
    public String target() {
        return query == null ? path : path + '?' + query;
    }
}
