package dev.pintle.upstream.target;

import java.time.Duration;

/**
 * How long one attempt may wait for its target.
 *
 * @param connect for a connection, the TLS handshake included
 * @param attempt from the last octet of the request to the end of the response head
 * @param idle the longest gap without an octet while a body moves
 */
public record Timeouts(Duration connect, Duration attempt, Duration idle) {}
