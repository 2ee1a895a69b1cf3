package dev.pintle.upstream.target;

import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;

/** Sends a request to one target. Safe for all threads. */
@FunctionalInterface
public interface UpstreamClient {
    /**
     * Sends the request and waits for the head of the answer; closing the answer's body gives the connection back.
     *
     * @throws dev.pintle.http.ExchangeException when there is none
     */
    FinalResponse send(Target target, Exchange exchange, Timeouts timeouts);
}
