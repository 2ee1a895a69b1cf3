package dev.pintle.upstream.target;

import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayResponse;

/** Sends a request to one target. Thread-safe. */
@FunctionalInterface
public interface UpstreamClient {
    /**
     * Sends the request and waits for the response head. Closing the response body or the tunnel releases the connection.
     *
     * @throws dev.pintle.http.ExchangeException when no response arrives
     */
    GatewayResponse send(Target target, Exchange exchange, Timeouts timeouts);
}
