package dev.pintle.policy.resilience;

import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.GatewayResponse;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Policy;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.time.Duration;

/** Gives each exchange its time: so much in total, and no longer gap than this while a body moves. */
public final class Deadline implements Policy {
    private final Duration total;
    private final Duration idle;
    private final Ticker ticker;

    public Deadline(Duration total, Duration idle, Ticker ticker) {
        this.total = total;
        this.idle = idle;
        this.ticker = ticker;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        exchange.client().idle(idle);
        return next.handle(exchange.with(new TimeBudget(total, ticker)));
    }
}
