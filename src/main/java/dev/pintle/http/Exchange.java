package dev.pintle.http;

import dev.pintle.time.TimeBudget;

/**
 * One request on its way through the gateway: the request as it stands at this point of the chain, and what stays the same
 * all along. A policy that changes the request hands on a new exchange.
 */
public record Exchange(
        GatewayRequest request, Client client, ExchangeContext context, TimeBudget budget, Cancellation cancellation) {
    public Exchange with(GatewayRequest other) {
        return new Exchange(other, client, context, budget, cancellation);
    }

    public Exchange with(TimeBudget other) {
        return new Exchange(request, client, context, other, cancellation);
    }
}
