package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pintle.http.Body;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.ProblemResponses;
import dev.pintle.telemetry.Metrics;
import dev.pintle.testing.Exchanges;
import dev.pintle.testing.ManualTicker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitPolicyTest {
    private static final String CLIENT = "203.0.113.7";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Handler UPSTREAM =
            exchange -> new FinalResponse(200, Headers.of("Content-Type", "text/plain"), Body.EMPTY);

    private final ManualTicker ticker = new ManualTicker();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Metrics metrics = new Metrics(registry);
    private final RateLimiterRegistry limits = new RateLimiterRegistry(ticker, metrics, 1_000);

    @Test
    void aResponseHasThePolicyAndTheRemainingRequests() {
        FinalResponse response = answer(policy(100, MINUTE, 100), Requests.from(CLIENT));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().first("Content-Type")).isEqualTo("text/plain");
        assertThat(response.headers().all("RateLimit-Policy")).containsExactly("\"default\";q=100;w=60");
        assertThat(response.headers().all("RateLimit")).containsExactly("\"default\";r=99;t=1");
    }

    @Test
    void aRequestBeyondTheLimitIsRejectedWithARetryAfter() {
        RateLimitPolicy policy = policy(6, MINUTE, 2);
        answer(policy, Requests.from(CLIENT));
        answer(policy, Requests.from(CLIENT));
        Exchange refused = Requests.from(CLIENT);
        FinalResponse response = answer(policy, refused);
        assertThat(response.status()).isEqualTo(429);
        assertThat(response.headers().first("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.headers().first("Retry-After")).isEqualTo("10");
        assertThat(response.headers().first("RateLimit-Policy")).isEqualTo("\"default\";q=6;w=60");
        assertThat(response.headers().first("RateLimit")).isEqualTo("\"default\";r=0;t=10");
        assertThat(refused.context().code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(rateLimited()).isEqualTo(1);
    }

    @Test
    void aRejectionNamesTheLimitAndItsKey() {
        RateLimitPolicy policy = limits.policy(
                "users",
                List.of(SampleLimits.limit("per-key", "header:X-Api-Key", 1, Duration.ofMillis(1_500))),
                metrics.route("users"));
        answer(policy, Requests.from(CLIENT, "X-Api-Key", "secret"));
        assertThat(Exchanges.text(answer(policy, Requests.from(CLIENT, "X-Api-Key", "secret"))))
                .contains("Rate limit \\\"per-key\\\" (1 requests per 1.5 s, key header:X-Api-Key) is exhausted."
                        + " Retry after 2 s.")
                .doesNotContain("secret");
    }

    @Test
    void aClientThatHonorsRetryAfterIsServed() {
        RateLimitPolicy policy = policy(7, Duration.ofSeconds(10), 1);
        answer(policy, Requests.from(CLIENT));
        String retryAfter = answer(policy, Requests.from(CLIENT)).headers().first("Retry-After");
        ticker.advance(Duration.ofSeconds(Long.parseLong(retryAfter)));
        assertThat(answer(policy, Requests.from(CLIENT)).status()).isEqualTo(200);
    }

    @Test
    void errorResponsesOfTheGatewayHaveRateLimitHeaders() {
        RateLimitPolicy policy = policy(100, MINUTE, 100);
        FinalResponse overloaded = (FinalResponse) policy.apply(
                Requests.from(CLIENT),
                exchange -> ProblemResponses.answer(exchange.context(), ErrorCode.OVERLOADED, "too many at once"));
        assertThat(overloaded.status()).isEqualTo(503);
        assertThat(overloaded.headers().first("RateLimit")).isEqualTo("\"default\";r=99;t=1");
        Exchange exchange = Requests.from(CLIENT);
        FinalResponse failed = (FinalResponse) policy.apply(exchange, failing(FailureKind.TIMEOUT));
        assertThat(failed.status()).isEqualTo(504);
        assertThat(failed.headers().first("RateLimit")).isEqualTo("\"default\";r=98;t=1");
        assertThat(exchange.context().code()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
    }

    @Test
    void aClientThatDisconnectedGetsNoResponse() {
        RateLimitPolicy policy = policy(100, MINUTE, 100);
        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> policy.apply(Requests.from(CLIENT), failing(FailureKind.CLIENT_GONE)));
    }

    @Test
    void periodsAreRoundedUpToWholeSeconds() {
        FinalResponse response = answer(policy(5, Duration.ofMillis(300), 5), Requests.from(CLIENT));
        assertThat(response.headers().first("RateLimit-Policy")).isEqualTo("\"default\";q=17;w=1");
    }

    @Test
    void rateLimitHeadersOfTheUpstreamStay() {
        FinalResponse response = (FinalResponse) policy(100, MINUTE, 100)
                .apply(
                        Requests.from(CLIENT),
                        exchange -> new FinalResponse(200, Headers.of("RateLimit", "\"theirs\";r=5;t=9"), Body.EMPTY));
        assertThat(response.headers().all("RateLimit")).containsExactly("\"theirs\";r=5;t=9", "\"default\";r=99;t=1");
    }

    /** Returns the response of a policy with an upstream that succeeds. */
    static FinalResponse answer(RateLimitPolicy policy, Exchange exchange) {
        return (FinalResponse) policy.apply(exchange, UPSTREAM);
    }

    private static Handler failing(FailureKind kind) {
        return exchange -> {
            throw new ExchangeException(kind, "no luck");
        };
    }

    private RateLimitPolicy policy(int requests, Duration per, int burst) {
        return limits.policy("users", List.of(SampleLimits.perClient(requests, per, burst)), metrics.route("users"));
    }

    private double rateLimited() {
        return registry.scrape("gateway_rate_limited"::equals).stream()
                .map(CounterSnapshot.class::cast)
                .flatMap(counter -> counter.getDataPoints().stream())
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }
}
