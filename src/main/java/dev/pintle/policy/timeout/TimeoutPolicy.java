package dev.pintle.policy.timeout;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.GrpcDeadline;
import dev.pintle.http.Handler;
import dev.pintle.http.Policy;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.time.Duration;

/** Sets the time limits of an exchange: the total time, and the longest gap while a body moves. */
public final class TimeoutPolicy implements Policy {
    private final Duration total;
    private final Duration idle;
    private final Ticker ticker;

    public TimeoutPolicy(Duration total, Duration idle, Ticker ticker) {
        this.total = total;
        this.idle = idle;
        this.ticker = ticker;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        exchange.client().idle(idle);
        return next.handle(exchange.with(new TimeBudget(total(exchange.context()), ticker)));
    }

    private Duration total(ExchangeContext context) {
        GrpcDeadline deadline = context.grpcDeadline();
        return deadline == null || deadline.left() >= total.toNanos() ? total : Duration.ofNanos(deadline.left());
    }
}
