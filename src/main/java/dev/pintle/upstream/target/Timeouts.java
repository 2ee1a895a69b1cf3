package dev.pintle.upstream.target;

import java.time.Duration;

/**
 * The timeouts of one attempt.
 *
 * @param connect for a connection, including the TLS handshake
 * @param attempt from the last byte of the request to the end of the response head
 * @param idle the longest gap without a byte while a body is transferred
 * @param stream the same for a tunnel and for server-sent events
 */
public record Timeouts(Duration connect, Duration attempt, Duration idle, Duration stream) {
    /** Timeouts that make no difference between a body and a stream. */
    public Timeouts(Duration connect, Duration attempt, Duration idle) {
        this(connect, attempt, idle, idle);
    }
}
