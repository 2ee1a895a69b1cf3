package dev.pintle.policy.ratelimit;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.time.Ticker;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Limits the rate of requests by one or several limits. All limits must admit a request; a refused request counts in
 * none. Each response has headers with the remaining requests.
 */
public final class RateLimitPolicy implements Policy {
    private final List<RateLimitSettings> limits;
    private final List<RouteRateLimiter> limiters;
    private final RateLimitHeaders headers;
    private final RouteMetrics metrics;
    private final Ticker ticker;

    /**
     * Creates the policy of a route.
     *
     * @param limiters one for each limit, in the same order
     */
    RateLimitPolicy(
            List<RateLimitSettings> limits, List<RouteRateLimiter> limiters, RouteMetrics metrics, Ticker ticker) {
        this.limits = List.copyOf(limits);
        this.limiters = List.copyOf(limiters);
        this.headers = new RateLimitHeaders(limits);
        this.metrics = metrics;
        this.ticker = ticker;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        if (limits.size() == 1) {
            List<String> keys = limits.getFirst().key().of(exchange);
            if (keys.size() == 1) {
                return respond(exchange, next, 0, limiters.getFirst().take(keys.getFirst()));
            }
        }
        Draw draw = new BucketTransaction(draws(exchange), ticker).run();
        return respond(exchange, next, draw.limit(), draw.decision());
    }

    private List<Draw> draws(Exchange exchange) {
        List<List<String>> keys =
                limits.stream().map(limit -> limit.key().of(exchange)).toList();
        for (int limit = 0; limit < limits.size(); limit++) {
            keys.get(limit).forEach(limiters.get(limit)::evictFor);
        }
        List<Draw> draws = new ArrayList<>();
        for (int limit = 0; limit < limits.size(); limit++) {
            for (String key : keys.get(limit)) {
                draws.add(new Draw(limit, limiters.get(limit), key));
            }
        }
        return draws;
    }

    private GatewayResponse respond(Exchange exchange, Handler next, int limit, RateLimitDecision decision) {
        GatewayResponse response =
                decision.allowed() ? proceed(exchange, next) : refuse(exchange, limits.get(limit), decision);
        return response.withHeaders(headers.addTo(response.headers(), limit, decision));
    }

    /** Turns failures into responses, so that they have the rate limit headers too. */
    private static GatewayResponse proceed(Exchange exchange, Handler next) {
        try {
            return next.handle(exchange);
        } catch (ExchangeException e) {
            if (e.kind() == FailureKind.CLIENT_GONE) {
                throw e;
            }
            return ProblemResponses.answer(exchange.context(), e.kind().code(), e.sentence());
        }
    }

    private GatewayResponse refuse(Exchange exchange, RateLimitSettings limit, RateLimitDecision decision) {
        metrics.rateLimited();
        long seconds = RateLimitHeaders.seconds(decision);
        return ProblemResponses.answer(
                exchange.context(),
                ErrorCode.RATE_LIMITED,
                "Rate limit \"" + limit.name() + "\" (" + limit.permits() + " requests per " + seconds(limit.per())
                        + " s, key " + limit.key() + ") is exhausted. Retry after " + seconds + " s.",
                Headers.of("Retry-After", Long.toString(seconds)));
    }

    /** Formats seconds without trailing zeros. */
    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }
}
