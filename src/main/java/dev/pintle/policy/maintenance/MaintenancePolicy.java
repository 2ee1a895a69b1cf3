package dev.pintle.policy.maintenance;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import dev.pintle.policy.maintenance.ClosedRoutes.Closure;
import dev.pintle.time.Ticker;
import java.util.concurrent.TimeUnit;

/** Answers the requests of a closed route with 503, except those of allowed clients. */
final class MaintenancePolicy implements Policy {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final String route;
    private final ClosedRoutes closed;
    private final Ticker ticker;

    MaintenancePolicy(String route, ClosedRoutes closed, Ticker ticker) {
        this.route = route;
        this.closed = closed;
        this.ticker = ticker;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        Closure closure = closed.of(route);
        long left = closure == null ? 0 : closure.endsAt() - ticker.nanos();
        if (closure == null
                || left <= 0
                || closure.allow().contains(exchange.client().address())) {
            return next.handle(exchange);
        }
        return ProblemResponses.answer(
                exchange.context(),
                ErrorCode.MAINTENANCE,
                closure.reason().isEmpty() ? "an operator closed this route for a time" : closure.reason(),
                Headers.of("Retry-After", Long.toString((left + SECOND - 1) / SECOND)));
    }
}
