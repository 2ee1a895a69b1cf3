package dev.pintle.tunnel;

import java.time.Duration;

/**
 * The state of an open tunnel.
 *
 * @param bytesIn bytes that the client sent after the handshake
 * @param bytesOut bytes that the client was sent after the handshake
 * @param idle the time since the last byte in either direction
 */
public record TunnelStatus(TunnelFacts facts, long bytesIn, long bytesOut, Duration idle) {}
