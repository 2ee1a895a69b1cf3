package dev.pintle.http;

/** One step around the next handler: it may turn the exchange round, change it, or look at what comes back. */
@FunctionalInterface
public interface Policy {
    /**
     * Takes its step.
     *
     * @throws ExchangeException when the exchange got no answer
     */
    GatewayResponse apply(Exchange exchange, Handler next);

    /** This policy around a handler, as a handler. */
    default Handler around(Handler next) {
        return exchange -> apply(exchange, next);
    }
}
