package dev.pintle.http;

import dev.pintle.time.TimeBudget;

/**
 * One request and its environment at one point of the chain. A policy that changes the request passes a new exchange to the
 * next handler.
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
