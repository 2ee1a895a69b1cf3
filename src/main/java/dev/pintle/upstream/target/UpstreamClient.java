package dev.pintle.upstream.target;

import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayResponse;
import dev.pintle.telemetry.ConnectionUsage;
import java.util.List;

/** Sends a request to one target. Thread-safe. */
@FunctionalInterface
public interface UpstreamClient {
    /**
     * Sends the request and waits for the response head. Closing the response body or the tunnel releases the connection.
     *
     * @throws dev.pintle.http.ExchangeException when no response arrives
     */
    GatewayResponse send(Target target, Exchange exchange, Timeouts timeouts);

    /** The open connections by target; none for a client that opens none itself. */
    default List<ConnectionUsage> usage() {
        return List.of();
    }
}
