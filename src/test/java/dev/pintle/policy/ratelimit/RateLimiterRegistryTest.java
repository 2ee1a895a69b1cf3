package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pintle.telemetry.Metrics;
import dev.pintle.testing.ManualTicker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimiterRegistryTest {
    private static final String CLIENT = "203.0.113.7";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualTicker ticker = new ManualTicker();
    private final Metrics metrics = new Metrics(new PrometheusRegistry());
    private final RateLimiterRegistry limits = new RateLimiterRegistry(ticker, metrics, 1_000);

    @Test
    void aChangedLimitKeepsItsLevelsInProportion() {
        spend(limit("users", 100), 70);
        limit("users", 10);
        assertThat(left("users")).isEqualTo(3);
    }

    @Test
    void aLimitThatIsRemovedAndAddedAgainIsNotRefilled() {
        spend(limit("users", 100), 100);
        limits.deactivate("users");
        limits.evictIdle();
        assertThat(limits.levels("users", CLIENT)).isEmpty();
        ticker.advance(Duration.ofSeconds(6));
        limit("users", 100);
        assertThat(left("users")).isEqualTo(10);
    }

    @Test
    void aRouteThatIsRemovedAndAddedAgainIsNotRefilled() {
        spend(limit("users", 100), 100);
        limits.deactivate("users");
        limits.evictIdle();
        limit("users", 100);
        assertThat(left("users")).isZero();
    }

    @Test
    void anEditOfOneLimitDoesNotAffectTheOthersOfTheRoute() {
        spend(policy("users", perClient("minute", 10), perClient("hour", 100)), 10);
        policy("users", perClient("day", 1_000), perClient("minute", 10));
        assertThat(limits.levels("users", CLIENT))
                .extracting(LimitLevel::limit, limit -> limit.level().left())
                .containsExactly(tuple("day", 1_000L), tuple("minute", 0L));
        policy("users", perClient("hour", 100));
        assertThat(left("users")).isEqualTo(90);
    }

    @Test
    void aRemovedRouteIsEvictedOnceItsBucketsAreFull() {
        spend(limit("users", 100), 100);
        limits.deactivate("users");
        limits.evictIdle();
        ticker.advance(MINUTE);
        limits.evictIdle();
        limit("users", 100);
        assertThat(limits.limits()).extracting(RateLimitStatus::allowed).containsExactly(0L);
    }

    @Test
    void eachRouteAndEachLimitHasItsOwnBuckets() {
        spend(limit("users", 100), 100);
        limit("orders", 100);
        policy("users", perClient("default", 100), perClient("other", 100));
        assertThat(left("orders")).isEqualTo(100);
        assertThat(limits.levels("users", CLIENT))
                .extracting(limit -> limit.level().left())
                .containsExactly(0L, 100L);
    }

    @Test
    void theActiveLimitsAreListedInOrderWithTheirCounters() {
        policy("orders", perClient("z", 5), SampleLimits.limit("a", "route", 7, MINUTE));
        spend(limit("users", 100), 130);
        limit("gone", 5);
        limits.deactivate("gone");
        assertThat(limits.limits())
                .containsExactly(
                        new RateLimitStatus("orders", "z", 5, MINUTE, "client", 0, 0),
                        new RateLimitStatus("orders", "a", 7, MINUTE, "route", 0, 0),
                        new RateLimitStatus("users", "default", 100, MINUTE, "client", 100, 30));
    }

    @Test
    void anAdmittedRequestCountsInAllLimitsAndARejectedOneInThoseThatRefuse() {
        spend(policy("users", perClient("two", 2), perClient("ten", 10)), 5);
        assertThat(limits.limits())
                .containsExactly(
                        new RateLimitStatus("users", "two", 2, MINUTE, "client", 2, 3),
                        new RateLimitStatus("users", "ten", 10, MINUTE, "client", 2, 0));
    }

    @Test
    void theMostDepletedBucketsAreListedWithShortenedKeys() {
        spend(limit("users", 100), 70);
        spend(limit("orders", 10), 9);
        limit("idle", 10);
        assertThat(limits.depleted(10))
                .containsExactly(
                        new DepletedBucket("orders", "default", "203.0.11…", 1, 10),
                        new DepletedBucket("users", "default", "203.0.11…", 30, 100));
        assertThat(limits.depleted(1)).hasSize(1);
    }

    @Test
    void aResetFillsTheBucketsOfAClient() {
        spend(policy("users", perClient("ten", 10), SampleLimits.limit("all", "route", 20, MINUTE)), 10);
        limits.reset("users", limits.buckets("users", CLIENT));
        assertThat(limits.levels("users", CLIENT))
                .containsExactly(
                        new LimitLevel("ten", "client", new BucketLevel(10, 10, Duration.ZERO)),
                        new LimitLevel("all", "route", new BucketLevel(20, 20, Duration.ZERO)));
        assertThat(limits.buckets("nowhere", CLIENT).isEmpty()).isTrue();
    }

    @Test
    void formattedBucketsParseToThemselves() {
        policy("users", perClient("ten", 10), SampleLimits.limit("all", "route", 20, MINUTE));
        ClientBuckets buckets = limits.buckets("users", "2001:db8::1");
        assertThat(buckets).hasToString("ten:2001:db8:0:0::/64 all:route");
        assertThat(ClientBuckets.parse(buckets.toString())).isEqualTo(buckets);
        assertThat(ClientBuckets.parse("203.0.113.7").isEmpty()).isTrue();
    }

    @Test
    void withoutAClientOnlyLimitsOfTheWholeRouteAreSelected() {
        policy("users", perClient("ten", 10), SampleLimits.limit("all", "route", 20, MINUTE));
        assertThat(limits.levels("users", null)).extracting(LimitLevel::limit).containsExactly("all");
    }

    @Test
    void aLevelHasTheTimeUntilTheNextToken() {
        spend(limit("users", 100), 100);
        assertThat(limits.levels("users", CLIENT))
                .extracting(LimitLevel::level)
                .containsExactly(new BucketLevel(0, 100, Duration.ofMillis(600)));
    }

    private RateLimitPolicy limit(String route, int requests) {
        return policy(route, perClient("default", requests));
    }

    private RateLimitPolicy policy(String route, RateLimitSettings... settings) {
        return limits.policy(route, List.copyOf(Arrays.asList(settings)), metrics.route(route));
    }

    private static RateLimitSettings perClient(String name, int requests) {
        return SampleLimits.limit(name, "client", requests, MINUTE);
    }

    private long left(String route) {
        return limits.levels(route, CLIENT).getFirst().level().left();
    }

    private static void spend(RateLimitPolicy policy, int requests) {
        for (int i = 0; i < requests; i++) {
            RateLimitPolicyTest.answer(policy, Requests.from(CLIENT));
        }
    }
}
