package dev.pintle.routing;

import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.GatewayRequest;
import dev.pintle.exchange.GatewayResponse;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Problem;

/** Hands each exchange to the route that takes it. From there on the exchange keeps that route, whatever is reloaded. */
public final class RoutedHandler implements Handler {
    private final LiveTable live;

    public RoutedHandler(LiveTable live) {
        this.live = live;
    }

    @Override
    public GatewayResponse handle(Exchange exchange) {
        GatewayRequest request = exchange.request();
        Route route;
        try {
            route = PathRule.select(live.current().matcher(), request);
        } catch (AmbiguousPathException e) {
            return Problem.answer(exchange.facts(), Code.BAD_REQUEST, "the path " + e.getMessage());
        }
        if (route == null) {
            return Problem.answer(exchange.facts(), Code.NO_ROUTE, "no route takes this method, host and path");
        }
        exchange.facts().takenBy(route.id(), route.path(), route.meter());
        return route.handler().handle(exchange);
    }
}
