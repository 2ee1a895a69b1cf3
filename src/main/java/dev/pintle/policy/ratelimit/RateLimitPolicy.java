package dev.pintle.policy.ratelimit;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import dev.pintle.telemetry.RouteMetrics;

/** Bounds the rate of requests, and tells each client with every answer how much is left. */
public final class RateLimitPolicy implements Policy {
    private final RouteRateLimiter limiter;
    private final LimitKey key;
    private final RateLimitHeaders fields;
    private final RouteMetrics metrics;

    RateLimitPolicy(RouteRateLimiter limiter, RateLimitSettings settings, RouteMetrics metrics) {
        this.limiter = limiter;
        this.key = settings.key();
        this.fields = new RateLimitHeaders(settings.permits(), settings.per());
        this.metrics = metrics;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        RateLimitDecision decision = limiter.take(key.of(exchange));
        GatewayResponse response = decision.allowed() ? answered(exchange, next) : refusal(exchange, decision);
        return switch (response) {
            case FinalResponse answer -> answer.withHeaders(fields.addedTo(answer.headers(), decision));
        };
    }

    /** What comes from further in; failures, too, become answers here, so that they tell the limit. */
    private static GatewayResponse answered(Exchange exchange, Handler next) {
        try {
            return next.handle(exchange);
        } catch (ExchangeException e) {
            if (e.kind() == FailureKind.CLIENT_GONE) {
                throw e;
            }
            return ProblemResponses.answer(exchange.context(), e.kind().code(), e.sentence());
        }
    }

    private GatewayResponse refusal(Exchange exchange, RateLimitDecision decision) {
        metrics.rateLimited();
        long seconds = RateLimitHeaders.seconds(decision);
        return ProblemResponses.answer(
                exchange.context(),
                ErrorCode.RATE_LIMITED,
                "the limit of this route is used up for now; there is room again in " + seconds + " s",
                Headers.of("Retry-After", Long.toString(seconds)));
    }
}
