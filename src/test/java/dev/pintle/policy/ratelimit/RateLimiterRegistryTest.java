package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.telemetry.Metrics;
import dev.pintle.testing.ManualTicker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterRegistryTest {
    private static final String CLIENT = "203.0.113.7";

    private final ManualTicker ticker = new ManualTicker();
    private final Metrics metrics = new Metrics(new PrometheusRegistry());
    private final RateLimiterRegistry limits = new RateLimiterRegistry(ticker, metrics, 1_000);

    @Test
    void aChangedLimitKeepsWhatIsLeftInProportion() {
        spend(limit("users", 100), 70);
        limit("users", 10);
        assertThat(limits.level("users", CLIENT))
                .extracting(BucketLevel::left, BucketLevel::burst)
                .containsExactly(3L, 10L);
    }

    @Test
    void aLimitThatIsTakenAwayAndGivenBackIsNotRefilled() {
        spend(limit("users", 100), 100);
        limits.off("users");
        limits.tidy();
        assertThat(limits.level("users", CLIENT)).isNull();
        ticker.advance(Duration.ofSeconds(6));
        limit("users", 100);
        assertThat(limits.level("users", CLIENT)).extracting(BucketLevel::left).isEqualTo(10L);
    }

    @Test
    void aRouteThatIsRemovedAndMadeAgainIsNotRefilled() {
        spend(limit("users", 100), 100);
        limits.off("users");
        limits.tidy();
        limit("users", 100);
        assertThat(limits.level("users", CLIENT)).extracting(BucketLevel::left).isEqualTo(0L);
    }

    @Test
    void aRouteWhoseBucketsAreFullIsForgottenOnceItIsGone() {
        RateLimitPolicy policy = limit("users", 100);
        spend(policy, 100);
        limits.off("users");
        limits.tidy();
        ticker.advance(Duration.ofMinutes(1));
        limits.tidy();
        limit("users", 100);
        assertThat(limits.limits()).extracting(RateLimitStatus::allowed).containsExactly(0L);
    }

    @Test
    void eachRouteHasItsOwnBuckets() {
        spend(limit("users", 100), 100);
        limit("orders", 100);
        assertThat(limits.level("orders", CLIENT)).extracting(BucketLevel::left).isEqualTo(100L);
    }

    @Test
    void theLimitsInForceAreShownWithWhatTheyDid() {
        spend(limit("users", 100), 130);
        limit("orders", 5);
        limit("gone", 5);
        limits.off("gone");
        assertThat(limits.limits())
                .containsExactly(
                        new RateLimitStatus("orders", 5, Duration.ofMinutes(1), "client", 0, 0),
                        new RateLimitStatus("users", 100, Duration.ofMinutes(1), "client", 100, 30));
    }

    @Test
    void theMostDrainedBucketsAreShownUnderShortenedKeys() {
        spend(limit("users", 100), 70);
        spend(limit("orders", 10), 9);
        limit("idle", 10);
        assertThat(limits.drained(10))
                .containsExactly(
                        new DepletedBucket("orders", "203.0.11…", 1, 10),
                        new DepletedBucket("users", "203.0.11…", 30, 100));
        assertThat(limits.drained(1)).hasSize(1);
    }

    @Test
    void aClientCanBeGivenItsBurstBack() {
        spend(limit("users", 100), 100);
        limits.reset("users", limits.bucket("users", CLIENT));
        assertThat(limits.level("users", CLIENT)).isEqualTo(new BucketLevel(100, 100, Duration.ZERO));
        assertThat(limits.bucket("nowhere", CLIENT)).isNull();
    }

    @Test
    void aLevelTellsWhenThereIsMore() {
        spend(limit("users", 100), 100);
        assertThat(limits.level("users", CLIENT)).isEqualTo(new BucketLevel(0, 100, Duration.ofMillis(600)));
    }

    private RateLimitPolicy limit(String route, int permits) {
        RateLimitSettings settings = new RateLimitSettings(
                permits, Duration.ofMinutes(1), permits, LimitKey.parse("client"), RedisFailureMode.SPLIT);
        return limits.policy(route, settings, metrics.route(route));
    }

    private static void spend(RateLimitPolicy policy, int requests) {
        for (int i = 0; i < requests; i++) {
            RateLimitPolicyTest.answer(policy, Requests.from(CLIENT));
        }
    }
}
