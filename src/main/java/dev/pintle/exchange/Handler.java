package dev.pintle.exchange;

/** Answers one exchange. */
@FunctionalInterface
public interface Handler {
    /**
     * Blocks until the head of the answer is known; the answer's body may still be on its way, and so may the request's.
     *
     * @throws Failure when the exchange got no answer
     */
    GatewayResponse handle(Exchange exchange);
}
