package dev.pintle.http;

/** Answers one exchange. */
@FunctionalInterface
public interface Handler {
    /**
     * Blocks until the response head is complete. Request and response bodies may still be in transfer.
     *
     * @throws ExchangeException when the exchange has no response
     */
    GatewayResponse handle(Exchange exchange);
}
