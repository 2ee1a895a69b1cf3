package dev.pintle.http;

import java.time.Duration;

/**
 * The upstream switched protocols (101, RFC 9110 section 15.2.2). From now on bytes flow in both directions. The receiver
 * closes the stream.
 *
 * @param longestSilence how long the tunnel may stay open without a byte in either direction
 */
public record TunnelResponse(Headers headers, DuplexStream upstream, Duration longestSilence)
        implements GatewayResponse {
    public static final int SWITCHING_PROTOCOLS = 101;

    @Override
    public int status() {
        return SWITCHING_PROTOCOLS;
    }

    @Override
    public TunnelResponse withHeaders(Headers other) {
        return new TunnelResponse(other, upstream, longestSilence);
    }

    /** Adds an action that runs when the tunnel is closed. */
    public TunnelResponse onClose(Runnable action) {
        return new TunnelResponse(headers, upstream.onClose(action), longestSilence);
    }
}
