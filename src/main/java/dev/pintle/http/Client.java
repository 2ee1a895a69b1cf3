package dev.pintle.http;

import java.security.cert.X509Certificate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The client of one exchange. Used by the thread of the exchange, except for {@link #abort()}. */
public interface Client {
    /** The address of the connection's peer, which may be a proxy: an IP literal without port. */
    String peer();

    /** The address of the client as trusted proxies report it: an IP literal without port. */
    String address();

    /** Whether the peer is a trusted proxy, whose forwarding headers count. */
    boolean trusted();

    /** The scheme, host and port to which the client sent its request, as reported by trusted proxies. */
    RequestOrigin origin();

    /** The protocol of the client's message, such as {@code HTTP/1.1}. */
    String protocol();

    /**
     * The certificate that the client proved to own in the TLS handshake, and that the connector verified; null without one.
     */
    @Nullable
    X509Certificate certificate();

    /** Whether the client accepts trailers (RFC 9110 section 10.1.4). */
    boolean acceptsTrailers();

    /**
     * Sets the longest time without progress while a body is transferred; then a read or write fails.
     */
    void idle(Duration longest);

    /**
     * Expects the client to send and to receive at once. Then one direction may be silent while the other is not, and the
     * minimum rate of a request body does not apply. Safe for all threads.
     *
     * @param silence the longest time without a byte in either direction
     */
    default void duplex(Duration silence) {}

    /** Forwards an interim response (RFC 9110 section 15.2) if the client's protocol supports it. */
    void interim(int status, Headers headers);

    /** Aborts the connection (HTTP/1.1) or the stream (HTTP/2), so that a partial response never looks complete. Safe for all threads. */
    void abort();
}
