package dev.pintle.upstream.target;

import dev.pintle.http.Cancellation;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.TraceContext;
import dev.pintle.http.TraceId;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.time.Duration;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Exchanges that the gateway initiates, such as health checks. They are not counted. */
public final class InternalExchange {
    private InternalExchange() {}

    /** Creates the exchange of one request, under a trace of its own. */
    public static Exchange of(GatewayRequest request, Duration timeout, Ticker ticker, RandomGenerator random) {
        HexFormat hex = HexFormat.of();
        String span = hex.toHexDigits(random.nextLong() | 1);
        TraceContext trace = new TraceContext(new TraceId(hex.toHexDigits(random.nextLong()) + span), span, "00", null);
        return new Exchange(
                request,
                InternalClient.INSTANCE,
                new ExchangeContext(trace, InternalClient.INSTANCE),
                new TimeBudget(timeout, ticker),
                new Cancellation());
    }
}
