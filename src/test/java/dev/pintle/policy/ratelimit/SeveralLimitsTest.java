package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.telemetry.Metrics;
import dev.pintle.testing.ManualTicker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A route with several limits, on one node. */
class SeveralLimitsTest {
    private static final String CLIENT = "203.0.113.7";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualTicker ticker = new ManualTicker();
    private final Metrics metrics = new Metrics(new PrometheusRegistry());
    private final RateLimiterRegistry limits = new RateLimiterRegistry(ticker, metrics, 1_000);

    @Test
    void allLimitsMustAdmitARequest() {
        RateLimitPolicy policy = policy(limit("client", "client", 3), limit("route", "route", 5));
        assertThat(allowed(policy, "203.0.113.7", 10)).isEqualTo(3);
        assertThat(allowed(policy, "203.0.113.8", 10)).isEqualTo(2);
        assertThat(allowed(policy, "203.0.113.9", 10)).isZero();
    }

    @Test
    void aRequestThatOneLimitRefusesCountsInNone() {
        RateLimitPolicy policy = policy(limit("route", "route", 5), limit("client", "client", 3));
        assertThat(allowed(policy, "203.0.113.7", 10)).isEqualTo(3);
        assertThat(left("203.0.113.7", "route")).isEqualTo(2);
        assertThat(allowed(policy, "203.0.113.8", 10)).isEqualTo(2);
        assertThat(left("203.0.113.8", "client")).isEqualTo(1);
    }

    @Test
    void theHeadersListAllLimitsAndDescribeTheOneWithTheSmallestPartLeft() {
        RateLimitPolicy policy =
                policy(limit("minute", "client", 10), SampleLimits.limit("hour", "client", 40, Duration.ofHours(1)));
        FinalResponse response = answer(policy);
        assertThat(response.headers().all("RateLimit-Policy"))
                .containsExactly("\"minute\";q=10;w=60, \"hour\";q=40;w=3600");
        assertThat(response.headers().all("RateLimit")).containsExactly("\"minute\";r=9;t=6");
        for (int minute = 0; minute < 4; minute++) {
            allowed(policy, CLIENT, 10);
            ticker.advance(MINUTE);
        }
        assertThat(answer(policy).headers().all("RateLimit")).containsExactly("\"hour\";r=1;t=30");
    }

    @Test
    void theHeadersDescribeTheSlowestOfEqualLimits() {
        RateLimitPolicy policy =
                policy(limit("minute", "client", 10), SampleLimits.limit("hour", "client", 10, Duration.ofHours(1)));
        assertThat(answer(policy).headers().first("RateLimit")).isEqualTo("\"hour\";r=9;t=360");
    }

    @Test
    void aRejectionDescribesTheLimitThatRefusesLongest() {
        RateLimitPolicy policy = policy(
                limit("ample", "client", 100),
                limit("minute", "client", 2),
                SampleLimits.limit("hour", "client", 2, Duration.ofHours(1)));
        allowed(policy, CLIENT, 2);
        FinalResponse response = answer(policy);
        assertThat(response.status()).isEqualTo(429);
        assertThat(response.headers().first("Retry-After")).isEqualTo("1800");
        assertThat(response.headers().first("RateLimit")).isEqualTo("\"hour\";r=0;t=1800");
        assertThat(response.headers().first("RateLimit-Policy")).contains("ample", "minute", "hour");
    }

    @Test
    void aClientCannotLeaveItsBucketByASecondValueOfTheHeader() {
        RateLimitPolicy policy = policy(limit("key", "header:X-Api-Key", 3));
        int allowed = 0;
        for (int i = 0; i < 10; i++) {
            Exchange request = Requests.from(CLIENT, "X-Api-Key", "new" + i, "X-Api-Key", "key");
            allowed += RateLimitPolicyTest.answer(policy, request).status() == 200 ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(3);
    }

    @Test
    void manyThreadsNeitherOverdrawNorLoseTokens() throws InterruptedException {
        RateLimitPolicy policy = policy(limit("route", "route", 500), limit("client", "client", 100));
        AtomicInteger allowed = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < 4; client++) {
                String address = "203.0.113." + client;
                for (int thread = 0; thread < 8; thread++) {
                    var _ = threads.submit(() -> allowed.addAndGet(allowed(policy, address, 50)));
                }
            }
        }
        assertThat(allowed).hasValue(400);
        assertThat(left(CLIENT, "route")).isEqualTo(100);
    }

    @Test
    void requestsThatLockTheSameBucketsInAnyOrderDoNotDeadlock() throws InterruptedException {
        RateLimitPolicy policy = policy(limit("key", "header:X-Api-Key", 1_000_000));
        AtomicInteger allowed = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 16; thread++) {
                String[] values = thread % 2 == 0 ? new String[] {"a", "b"} : new String[] {"b", "a"};
                var _ = threads.submit(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        Exchange request = Requests.from(CLIENT, "X-Api-Key", values[0], "X-Api-Key", values[1]);
                        allowed.addAndGet(
                                RateLimitPolicyTest.answer(policy, request).status() == 200 ? 1 : 0);
                    }
                });
            }
        }
        assertThat(allowed).hasValue(32_000);
    }

    private RateLimitPolicy policy(RateLimitSettings... settings) {
        return limits.policy("users", List.of(settings), metrics.route("users"));
    }

    private static RateLimitSettings limit(String name, String key, int requests) {
        return SampleLimits.limit(name, key, requests, MINUTE);
    }

    private static FinalResponse answer(RateLimitPolicy policy) {
        return RateLimitPolicyTest.answer(policy, Requests.from(CLIENT));
    }

    private static int allowed(RateLimitPolicy policy, String client, int requests) {
        int allowed = 0;
        for (int i = 0; i < requests; i++) {
            allowed += RateLimitPolicyTest.answer(policy, Requests.from(client)).status() == 200 ? 1 : 0;
        }
        return allowed;
    }

    private long left(String client, String limit) {
        return limits.levels("users", client).stream()
                .filter(level -> level.limit().equals(limit))
                .map(level -> level.level().left())
                .findFirst()
                .orElseThrow();
    }
}
