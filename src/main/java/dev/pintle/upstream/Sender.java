package dev.pintle.upstream;

import dev.pintle.exchange.Answer;
import dev.pintle.exchange.Exchange;

/** Sends a request to one target. Safe for all threads. */
@FunctionalInterface
public interface Sender {
    /**
     * Sends the request and waits for the head of the answer; closing the answer's body gives the connection back.
     *
     * @throws dev.pintle.exchange.Failure when there is none
     */
    Answer send(Target target, Exchange exchange, Timeouts timeouts);
}
