package dev.pintle.policy.limit;

import dev.pintle.exchange.Answer;
import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Failure;
import dev.pintle.exchange.FailureKind;
import dev.pintle.exchange.GatewayResponse;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Headers;
import dev.pintle.exchange.Policy;
import dev.pintle.exchange.Problem;
import dev.pintle.telemetry.RouteMetrics;

/** Bounds the rate of requests, and tells each client with every answer how much is left. */
public final class RateLimit implements Policy {
    private final Limiter limiter;
    private final LimitKey key;
    private final RateLimitFields fields;
    private final RouteMetrics metrics;

    RateLimit(Limiter limiter, RateLimitSettings settings, RouteMetrics metrics) {
        this.limiter = limiter;
        this.key = settings.key();
        this.fields = new RateLimitFields(settings.permits(), settings.per());
        this.metrics = metrics;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        Decision decision = limiter.take(key.of(exchange));
        GatewayResponse response = decision.allowed() ? answered(exchange, next) : refusal(exchange, decision);
        return switch (response) {
            case Answer answer -> answer.withHeaders(fields.addedTo(answer.headers(), decision));
        };
    }

    /** What comes from further in; failures, too, become answers here, so that they tell the limit. */
    private static GatewayResponse answered(Exchange exchange, Handler next) {
        try {
            return next.handle(exchange);
        } catch (Failure e) {
            if (e.kind() == FailureKind.CLIENT_GONE) {
                throw e;
            }
            return Problem.answer(exchange.facts(), e.kind().code(), e.sentence());
        }
    }

    private GatewayResponse refusal(Exchange exchange, Decision decision) {
        metrics.rateLimited();
        long seconds = RateLimitFields.seconds(decision);
        return Problem.answer(
                exchange.facts(),
                Code.RATE_LIMITED,
                "the limit of this route is used up for now; there is room again in " + seconds + " s",
                Headers.of("Retry-After", Long.toString(seconds)));
    }
}
