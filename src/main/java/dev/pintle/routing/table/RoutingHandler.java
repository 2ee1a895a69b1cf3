package dev.pintle.routing.table;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.ProblemResponses;
import dev.pintle.policy.concurrency.PerRouteConcurrencyLimit;
import dev.pintle.routing.Route;
import dev.pintle.routing.path.AmbiguousPathException;

/** Routes each exchange. An exchange keeps its route when the configuration changes. */
public final class RoutingHandler implements Handler {
    private final ActiveRouteTable active;
    private final PerRouteConcurrencyLimit limit;

    /** @param limit of the concurrent exchanges of each route */
    public RoutingHandler(ActiveRouteTable active, PerRouteConcurrencyLimit limit) {
        this.active = active;
        this.limit = limit;
    }

    @Override
    public GatewayResponse handle(Exchange exchange) {
        GatewayRequest request = exchange.request();
        RouteTable table = active.current();
        Route route;
        try {
            route = RouteSelection.of(table.matcher(), request).route();
        } catch (AmbiguousPathException e) {
            return ProblemResponses.answer(exchange.context(), ErrorCode.BAD_REQUEST, "the path " + e.getMessage());
        }
        if (route == null) {
            return ProblemResponses.noRoute(exchange.context(), request);
        }
        exchange.context().routed(route.id(), route.path(), route.meter());
        exchange.context().pathParameters(route.pathParameters(request.path()));
        String refusal = table.refusal(route);
        if (refusal != null) {
            return ProblemResponses.answer(exchange.context(), ErrorCode.CONFIGURATION_REJECTED, refusal);
        }
        return limit.handle(exchange, route.concurrency(), route.handler());
    }
}
