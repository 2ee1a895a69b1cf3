package dev.pintle.http;

import java.time.Duration;

/** The other end of the client's connection. Used by the thread of the exchange but for {@link #abort()}. */
public interface Client {
    /** The address of the peer that holds the connection: an IP literal without port. It may be a proxy. */
    String peer();

    /** The address of the client, found through trusted proxies only: an IP literal without port. */
    String address();

    /** Whether the peer is a proxy whose forwarding fields are believed. */
    boolean trusted();

    /** The port of the gateway that the client reached, as the client sees it. */
    int port();

    /** The protocol of the client's message, such as {@code HTTP/1.1}. */
    String protocol();

    /** Whether the client said that it takes trailers (RFC 9110 section 10.1.4). */
    boolean acceptsTrailers();

    /**
     * How long the client may be silent, or refuse to take anything, while a body moves; reading or writing fails after
     * that.
     */
    void idle(Duration longest);

    /** Passes on an interim response (RFC 9110 section 15.2), if the client's protocol knows them. */
    void interim(int status, Headers headers);

    /** Cuts the connection (HTTP/1.1) or the stream (HTTP/2), from any thread; what was sent never looks whole. */
    void abort();
}
