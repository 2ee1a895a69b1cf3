package dev.pintle.tunnel;

import java.time.Instant;

/**
 * The facts about a tunnel that do not change.
 *
 * @param id counts the tunnels of this node
 * @param traceId of the handshake
 * @param client the address of the client
 * @param target the URL of the target
 */
public record TunnelFacts(long id, String traceId, String route, String client, String target, Instant since) {}
