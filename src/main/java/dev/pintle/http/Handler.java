package dev.pintle.http;

/** Answers one exchange. */
@FunctionalInterface
public interface Handler {
    /**
     * Blocks until the head of the answer is known; the answer's body may still be on its way, and so may the request's.
     *
     * @throws ExchangeException when the exchange got no answer
     */
    GatewayResponse handle(Exchange exchange);
}
