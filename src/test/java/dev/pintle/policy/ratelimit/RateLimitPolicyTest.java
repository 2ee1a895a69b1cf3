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
import dev.pintle.testing.ManualTicker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitPolicyTest {
    private static final Handler UPSTREAM =
            exchange -> new FinalResponse(200, Headers.of("Content-Type", "text/plain"), Body.EMPTY);

    private final ManualTicker ticker = new ManualTicker();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Metrics metrics = new Metrics(registry);
    private final RateLimiterRegistry limits = new RateLimiterRegistry(ticker, metrics, 1_000);

    @Test
    void anAnswerTellsThePolicyAndWhatIsLeft() {
        RateLimitPolicy policy = policy(100, Duration.ofMinutes(1), 100);
        FinalResponse answer = answer(policy, Requests.from("203.0.113.7"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().first("Content-Type")).isEqualTo("text/plain");
        assertThat(answer.headers().all("RateLimit-Policy")).containsExactly("\"default\";q=100;w=60");
        assertThat(answer.headers().all("RateLimit")).containsExactly("\"default\";r=99;t=1");
    }

    @Test
    void whatTheLimitDoesNotAllowIsRefusedWithTheTimeToWait() {
        RateLimitPolicy policy = policy(6, Duration.ofMinutes(1), 2);
        answer(policy, Requests.from("203.0.113.7"));
        answer(policy, Requests.from("203.0.113.7"));
        Exchange refused = Requests.from("203.0.113.7");
        FinalResponse answer = answer(policy, refused);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers().first("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.headers().first("Retry-After")).isEqualTo("10");
        assertThat(answer.headers().first("RateLimit-Policy")).isEqualTo("\"default\";q=6;w=60");
        assertThat(answer.headers().first("RateLimit")).isEqualTo("\"default\";r=0;t=10");
        assertThat(refused.context().code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(rateLimited()).isEqualTo(1);
    }

    @Test
    void whoWaitsAsLongAsToldIsServed() {
        RateLimitPolicy policy = policy(7, Duration.ofSeconds(10), 1);
        answer(policy, Requests.from("203.0.113.7"));
        String retryAfter =
                answer(policy, Requests.from("203.0.113.7")).headers().first("Retry-After");
        ticker.advance(Duration.ofSeconds(Long.parseLong(retryAfter)));
        assertThat(answer(policy, Requests.from("203.0.113.7")).status()).isEqualTo(200);
    }

    @Test
    void answersThatTheGatewayMakesFurtherInTellTheLimitToo() {
        RateLimitPolicy policy = policy(100, Duration.ofMinutes(1), 100);
        FinalResponse made = (FinalResponse) policy.apply(
                Requests.from("203.0.113.7"),
                exchange -> ProblemResponses.answer(exchange.context(), ErrorCode.OVERLOADED, "too many at once"));
        assertThat(made.status()).isEqualTo(503);
        assertThat(made.headers().first("RateLimit")).isEqualTo("\"default\";r=99;t=1");
        Exchange exchange = Requests.from("203.0.113.7");
        FinalResponse failed = (FinalResponse) policy.apply(exchange, failing(FailureKind.TIMEOUT));
        assertThat(failed.status()).isEqualTo(504);
        assertThat(failed.headers().first("RateLimit")).isEqualTo("\"default\";r=98;t=1");
        assertThat(exchange.context().code()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
    }

    @Test
    void aClientThatLeftGetsNoAnswer() {
        RateLimitPolicy policy = policy(100, Duration.ofMinutes(1), 100);
        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> policy.apply(Requests.from("203.0.113.7"), failing(FailureKind.CLIENT_GONE)));
    }

    @Test
    void periodsThatAreNoWholeSecondsAreToldInWholeSeconds() {
        FinalResponse answer = answer(policy(5, Duration.ofMillis(300), 5), Requests.from("203.0.113.7"));
        assertThat(answer.headers().first("RateLimit-Policy")).isEqualTo("\"default\";q=17;w=1");
    }

    @Test
    void theFieldsOfTheUpstreamsOwnLimitStand() {
        RateLimitPolicy policy = policy(100, Duration.ofMinutes(1), 100);
        FinalResponse answer = (FinalResponse) policy.apply(
                Requests.from("203.0.113.7"),
                exchange -> new FinalResponse(200, Headers.of("RateLimit", "\"theirs\";r=5;t=9"), Body.EMPTY));
        assertThat(answer.headers().all("RateLimit")).containsExactly("\"theirs\";r=5;t=9", "\"default\";r=99;t=1");
    }

    /** What a policy in front of an upstream that is well answers. */
    static FinalResponse answer(RateLimitPolicy policy, Exchange exchange) {
        return (FinalResponse) policy.apply(exchange, UPSTREAM);
    }

    private static Handler failing(FailureKind kind) {
        return exchange -> {
            throw new ExchangeException(kind, "no luck");
        };
    }

    private RateLimitPolicy policy(int permits, Duration per, int burst) {
        RateLimitSettings settings =
                new RateLimitSettings(permits, per, burst, LimitKey.parse("client"), RedisFailureMode.SPLIT);
        return limits.policy("users", settings, metrics.route("users"));
    }

    private double rateLimited() {
        return registry.scrape("gateway_rate_limited"::equals).stream()
                .map(CounterSnapshot.class::cast)
                .flatMap(counter -> counter.getDataPoints().stream())
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }
}
