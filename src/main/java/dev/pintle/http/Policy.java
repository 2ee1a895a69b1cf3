package dev.pintle.http;

/** One step around the next handler. It may answer the exchange itself, change it, or inspect the response. */
@FunctionalInterface
public interface Policy {
    /**
     * Handles the exchange, usually by calling {@code next}.
     *
     * @throws ExchangeException when the exchange has no response
     */
    GatewayResponse apply(Exchange exchange, Handler next);

    /** A handler that applies this policy around {@code next}. */
    default Handler around(Handler next) {
        return exchange -> apply(exchange, next);
    }
}
