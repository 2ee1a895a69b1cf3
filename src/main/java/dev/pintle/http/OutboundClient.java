package dev.pintle.http;

import java.time.Duration;

/** Sends requests of the gateway itself, such as a question to an authorization service. Safe for all threads. */
@FunctionalInterface
public interface OutboundClient {
    /**
     * Sends a request within the egress policy and waits for the response head. It follows no redirect. Closing the
     * response body releases the connection.
     *
     * @param server {@code http} or {@code https}, a host, and optionally a port; without a path
     * @param timeout for the connection, for the response head, and for each gap in the body
     * @throws ExchangeException when no response arrives
     */
    FinalResponse send(String server, Exchange exchange, Duration timeout);
}
