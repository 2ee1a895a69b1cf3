package dev.pintle.policy.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pintle.ManualTicker;
import dev.pintle.exchange.Answer;
import dev.pintle.exchange.Body;
import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Failure;
import dev.pintle.exchange.FailureKind;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Headers;
import dev.pintle.exchange.Problem;
import dev.pintle.telemetry.Metrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final Handler UPSTREAM =
            exchange -> new Answer(200, Headers.of("Content-Type", "text/plain"), Body.EMPTY);

    private final ManualTicker ticker = new ManualTicker();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Metrics metrics = new Metrics(registry);
    private final RateLimits limits = new RateLimits(ticker, metrics, 1_000);

    @Test
    void anAnswerTellsThePolicyAndWhatIsLeft() {
        RateLimit policy = policy(100, Duration.ofMinutes(1), 100);
        Answer answer = answer(policy, Requests.from("203.0.113.7"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().first("Content-Type")).isEqualTo("text/plain");
        assertThat(answer.headers().all("RateLimit-Policy")).containsExactly("\"default\";q=100;w=60");
        assertThat(answer.headers().all("RateLimit")).containsExactly("\"default\";r=99;t=1");
    }

    @Test
    void whatTheLimitDoesNotAllowIsRefusedWithTheTimeToWait() {
        RateLimit policy = policy(6, Duration.ofMinutes(1), 2);
        answer(policy, Requests.from("203.0.113.7"));
        answer(policy, Requests.from("203.0.113.7"));
        Exchange refused = Requests.from("203.0.113.7");
        Answer answer = answer(policy, refused);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers().first("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.headers().first("Retry-After")).isEqualTo("10");
        assertThat(answer.headers().first("RateLimit-Policy")).isEqualTo("\"default\";q=6;w=60");
        assertThat(answer.headers().first("RateLimit")).isEqualTo("\"default\";r=0;t=10");
        assertThat(refused.facts().code()).isEqualTo(Code.RATE_LIMITED);
        assertThat(rateLimited()).isEqualTo(1);
    }

    @Test
    void whoWaitsAsLongAsToldIsServed() {
        RateLimit policy = policy(7, Duration.ofSeconds(10), 1);
        answer(policy, Requests.from("203.0.113.7"));
        String retryAfter =
                answer(policy, Requests.from("203.0.113.7")).headers().first("Retry-After");
        ticker.advance(Duration.ofSeconds(Long.parseLong(retryAfter)));
        assertThat(answer(policy, Requests.from("203.0.113.7")).status()).isEqualTo(200);
    }

    @Test
    void answersThatTheGatewayMakesFurtherInTellTheLimitToo() {
        RateLimit policy = policy(100, Duration.ofMinutes(1), 100);
        Answer made = (Answer) policy.apply(
                Requests.from("203.0.113.7"),
                exchange -> Problem.answer(exchange.facts(), Code.OVERLOADED, "too many at once"));
        assertThat(made.status()).isEqualTo(503);
        assertThat(made.headers().first("RateLimit")).isEqualTo("\"default\";r=99;t=1");
        Exchange exchange = Requests.from("203.0.113.7");
        Answer failed = (Answer) policy.apply(exchange, failing(FailureKind.TIMEOUT));
        assertThat(failed.status()).isEqualTo(504);
        assertThat(failed.headers().first("RateLimit")).isEqualTo("\"default\";r=98;t=1");
        assertThat(exchange.facts().code()).isEqualTo(Code.UPSTREAM_TIMEOUT);
    }

    @Test
    void aClientThatLeftGetsNoAnswer() {
        RateLimit policy = policy(100, Duration.ofMinutes(1), 100);
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> policy.apply(Requests.from("203.0.113.7"), failing(FailureKind.CLIENT_GONE)));
    }

    @Test
    void periodsThatAreNoWholeSecondsAreToldInWholeSeconds() {
        Answer answer = answer(policy(5, Duration.ofMillis(300), 5), Requests.from("203.0.113.7"));
        assertThat(answer.headers().first("RateLimit-Policy")).isEqualTo("\"default\";q=17;w=1");
    }

    @Test
    void theFieldsOfTheUpstreamsOwnLimitStand() {
        RateLimit policy = policy(100, Duration.ofMinutes(1), 100);
        Answer answer = (Answer) policy.apply(
                Requests.from("203.0.113.7"),
                exchange -> new Answer(200, Headers.of("RateLimit", "\"theirs\";r=5;t=9"), Body.EMPTY));
        assertThat(answer.headers().all("RateLimit")).containsExactly("\"theirs\";r=5;t=9", "\"default\";r=99;t=1");
    }

    /** What a policy in front of an upstream that is well answers. */
    static Answer answer(RateLimit policy, Exchange exchange) {
        return (Answer) policy.apply(exchange, UPSTREAM);
    }

    private static Handler failing(FailureKind kind) {
        return exchange -> {
            throw new Failure(kind, "no luck");
        };
    }

    private RateLimit policy(int permits, Duration per, int burst) {
        RateLimitSettings settings =
                new RateLimitSettings(permits, per, burst, LimitKey.parse("client"), WhenRedisIsAway.SPLIT);
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
