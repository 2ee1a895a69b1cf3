package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.redis.RedisUri;
import dev.pintle.telemetry.Metrics;
import dev.pintle.testing.TestRedis;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several nodes and one Redis that is well. */
class SharedLimitTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static TestRedis server;

    @BeforeAll
    static void start() {
        server = TestRedis.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        server.execute("FLUSHALL");
    }

    @Test
    void nodesThatDisagreeAboutTheTimeHoldTheLimitTogether() {
        try (LimiterCluster fleet = fleet(2, 10, MINUTE, 10)) {
            assertThat(fleet.allowed(LimiterCluster.CLIENT, 10)).isEqualTo(10);
        }
    }

    @Test
    void aSmallLimitIsExactWhicheverNodeIsAsked() {
        try (LimiterCluster fleet = fleet(3, 10, MINUTE, 10)) {
            assertThat(fleet.node(0).allowed(4)).isEqualTo(4);
            assertThat(fleet.node(1).allowed(4)).isEqualTo(4);
            assertThat(fleet.node(2).allowed(4)).isEqualTo(2);
            assertThat(fleet.node(0).allowed(4)).isZero();
        }
    }

    @Test
    void threeNodesAtTwiceTheLimitLetTheLimitPass() {
        try (LimiterCluster fleet = fleet(3, 50, SECOND, 10)) {
            assertHolds(fleet, 50, 10, Duration.ofSeconds(2), 0.5);
        }
    }

    @Test
    void threeNodesThatLeaseLetNoMoreThanTheLimitPass() {
        try (LimiterCluster fleet = fleet(3, 1_000, SECOND, 1_000)) {
            assertHolds(fleet, 1_000, 1_000, Duration.ofSeconds(3), 0.5);
        }
    }

    @Test
    @Tag("soak")
    void threeNodesAtTwiceTheLimitForHalfAMinute() {
        try (LimiterCluster fleet = fleet(3, 1_000, SECOND, 1_000)) {
            assertHolds(fleet, 1_000, 1_000, Duration.ofSeconds(30), 0.95);
        }
    }

    @Test
    void aClientsLevelIsTheSameOnAllNodes() {
        try (LimiterCluster fleet = fleet(2, 100, MINUTE, 100)) {
            fleet.node(0).allowed(70);
            assertThat(fleet.node(1).limits().level("users", LimiterCluster.CLIENT))
                    .extracting(BucketLevel::left)
                    .isEqualTo(30L);
        }
    }

    @Test
    void aResetFillsTheBucketForAllNodes() {
        try (LimiterCluster fleet = fleet(2, 10, MINUTE, 10)) {
            fleet.node(0).allowed(10);
            assertThat(fleet.node(1).allowed(1)).isZero();
            String bucket = fleet.node(0).limits().bucket("users", LimiterCluster.CLIENT);
            fleet.node(0).limits().reset("users", bucket);
            fleet.node(1).limits().reset("users", bucket);
            assertThat(fleet.node(1).allowed(20)).isEqualTo(10);
        }
    }

    @Test
    void aRefusalEndsWithTheLimitThatRefused() {
        RateLimitSettings more =
                new RateLimitSettings(1_000_000, SECOND, 1_000_000, LimitKey.parse("client"), RedisFailureMode.SPLIT);
        try (LimiterCluster fleet = fleet(1, 1, Duration.ofDays(1), 1)) {
            assertThat(fleet.node(0).allowed(2)).isEqualTo(1);
            fleet.node(0).limits().policy("users", more, new Metrics(new PrometheusRegistry()).route("users"));
            Awaitility.await().until(() -> fleet.node(0).allowed(1) == 1);
        }
    }

    @Test
    void aLimitIsNotRefilledByARestartOfTheNode() {
        try (LimiterCluster fleet = fleet(1, 10, MINUTE, 10)) {
            fleet.node(0).allowed(10);
        }
        try (LimiterCluster fleet = fleet(1, 10, MINUTE, 10)) {
            assertThat(fleet.node(0).allowed(10)).isZero();
        }
    }

    @Test
    void aHotBucketDoesNotCostACallARequest() {
        try (LimiterCluster fleet = fleet(1, 1_000_000, MINUTE, 1_000_000)) {
            long before = calls();
            assertThat(fleet.node(0).allowed(20_000)).isEqualTo(20_000);
            assertThat(calls() - before).isLessThan(2_000);
        }
    }

    @Test
    void aHeadersValueIsNotFoundInRedis() {
        RateLimitSettings settings =
                new RateLimitSettings(10, MINUTE, 10, LimitKey.parse("header:X-Api-Key"), RedisFailureMode.SPLIT);
        try (LimiterCluster fleet = LimiterCluster.start(1, RedisUri.parse("REDIS_URL", server.url()), settings)) {
            RateLimitPolicyTest.answer(
                    fleet.node(0).policy(), Requests.from(LimiterCluster.CLIENT, "X-Api-Key", "secret"));
            assertThat(server.<Set<String>>ask(redis -> redis.keys("pintle:limit:*")))
                    .singleElement()
                    .asString()
                    .startsWith("pintle:limit:{users:")
                    .doesNotContain("secret");
        }
    }

    /** @param part of the limit that passes at least: a machine that stutters leaves some of it unused */
    private static void assertHolds(LimiterCluster fleet, int permits, int burst, Duration time, double part) {
        long start = System.nanoTime();
        long allowed = fleet.drive(2 * permits + burst, time);
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(allowed).isLessThanOrEqualTo((long) ((burst + permits * seconds) * 1.02));
        assertThat(allowed).isGreaterThan((long) ((burst + permits * time.toSeconds()) * part));
    }

    private static long calls() {
        String line = server.ask(redis -> redis.info("commandstats"))
                .lines()
                .filter(stat -> stat.startsWith("cmdstat_evalsha:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll(".*calls=(\\d+),.*", "$1"));
    }

    private static LimiterCluster fleet(int nodes, int permits, Duration per, int burst) {
        return LimiterCluster.start(
                nodes,
                RedisUri.parse("REDIS_URL", server.url()),
                new RateLimitSettings(permits, per, burst, LimitKey.parse("client"), RedisFailureMode.SPLIT));
    }
}
