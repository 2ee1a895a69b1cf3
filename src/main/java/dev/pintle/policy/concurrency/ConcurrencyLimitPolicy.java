package dev.pintle.policy.concurrency;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import dev.pintle.http.TunnelResponse;

/**
 * Limits the concurrent exchanges of a route and rejects the excess immediately. An exchange counts until its response
 * body is closed, so a stream counts until its end. A tunnel has its own
 * limits and counts only during its handshake.
 */
public final class ConcurrencyLimitPolicy implements Policy {
    private static final Headers RETRY_AFTER = Headers.of("Retry-After", "1");

    private final ConcurrencyLimiter limiter;

    public ConcurrencyLimitPolicy(ConcurrencyLimiter limiter) {
        this.limiter = limiter;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        return limiter.tryAcquire()
                ? releasingAfter(exchange, next, limiter::release)
                : rejected(exchange, "concurrency limit of " + limiter.max() + " reached");
    }

    /** Passes an exchange on and calls {@code release} when its response ends. */
    public static GatewayResponse releasingAfter(Exchange exchange, Handler next, Runnable release) {
        boolean responded = false;
        try {
            GatewayResponse response = next.handle(exchange);
            GatewayResponse releasingAfter = switch (response) {
                case FinalResponse answer -> answer.withBody(answer.body().onClose(release));
                case TunnelResponse tunnel -> tunnel;
            };
            responded = releasingAfter instanceof FinalResponse;
            return releasingAfter;
        } finally {
            if (!responded) {
                release.run();
            }
        }
    }

    public static FinalResponse rejected(Exchange exchange, String sentence) {
        return ProblemResponses.answer(exchange.context(), ErrorCode.OVERLOADED, sentence, RETRY_AFTER);
    }
}
