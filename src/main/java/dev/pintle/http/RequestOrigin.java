package dev.pintle.http;

import java.util.List;

/**
 * How the client sent a request to the outermost trusted proxy or, without one, to the gateway.
 *
 * @param client the address of the client: an IP literal without port
 * @param nodes the addresses that the request passed, from the client to the peer of the connection; the first is {@link
 *     #UNKNOWN} when a trusted proxy does not name its client
 * @param scheme such as {@code https}
 * @param authority the host and perhaps the port that the client asked for; may be empty
 * @param port the port that the client asked for
 */
public record RequestOrigin(String client, List<String> nodes, String scheme, String authority, int port) {
    /** A client that its proxy does not name (RFC 7239 section 6.2). */
    public static final String UNKNOWN = "unknown";

    public RequestOrigin {
        nodes = List.copyOf(nodes);
    }

    /** The origin of a request that the client sent to the gateway itself. */
    public static RequestOrigin direct(String peer, String scheme, String authority, int port) {
        return new RequestOrigin(peer, List.of(peer), scheme, authority, port);
    }
}
