package dev.pintle.upstream.target;

import java.time.Duration;

/**
 * The timeouts of one attempt.
 *
 * @param connect for a connection, including the TLS handshake
 * @param attempt from the last byte of the request to the end of the response head
 * @param idle the longest gap without a byte while a body is transferred
 */
public record Timeouts(Duration connect, Duration attempt, Duration idle) {}
