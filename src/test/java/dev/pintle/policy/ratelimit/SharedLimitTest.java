package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.redis.RedisUri;
import dev.pintle.telemetry.Metrics;
import dev.pintle.testing.TestRedis;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several nodes with a working Redis. */
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
    void nodesWithDifferentClocksHoldTheLimitTogether() {
        try (LimiterCluster cluster = cluster(2, 10, MINUTE, 10)) {
            assertThat(cluster.allowed(LimiterCluster.CLIENT, 10)).isEqualTo(10);
        }
    }

    @Test
    void aSmallLimitIsExactOnAllNodes() {
        try (LimiterCluster cluster = cluster(3, 10, MINUTE, 10)) {
            assertThat(cluster.node(0).allowed(4)).isEqualTo(4);
            assertThat(cluster.node(1).allowed(4)).isEqualTo(4);
            assertThat(cluster.node(2).allowed(4)).isEqualTo(2);
            assertThat(cluster.node(0).allowed(4)).isZero();
        }
    }

    @Test
    void threeNodesAtTwiceTheLimitAdmitTheLimit() {
        try (LimiterCluster cluster = cluster(3, 50, SECOND, 10)) {
            assertHolds(cluster, 50, 10, Duration.ofSeconds(2), 0.5);
        }
    }

    @Test
    void threeNodesWithLeasesAdmitAtMostTheLimit() {
        try (LimiterCluster cluster = cluster(3, 1_000, SECOND, 1_000)) {
            assertHolds(cluster, 1_000, 1_000, Duration.ofSeconds(3), 0.5);
        }
    }

    @Test
    @Tag("soak")
    void threeNodesAtTwiceTheLimitForHalfAMinute() {
        try (LimiterCluster cluster = cluster(3, 1_000, SECOND, 1_000)) {
            assertHolds(cluster, 1_000, 1_000, Duration.ofSeconds(30), 0.95);
        }
    }

    @Test
    void aClientsLevelIsTheSameOnAllNodes() {
        try (LimiterCluster cluster = cluster(2, 100, MINUTE, 100)) {
            cluster.node(0).allowed(70);
            assertThat(cluster.node(1).limits().levels("users", LimiterCluster.CLIENT))
                    .extracting(limit -> limit.level().left())
                    .containsExactly(30L);
        }
    }

    @Test
    void aResetFillsTheBucketForAllNodes() {
        try (LimiterCluster cluster = cluster(2, 10, MINUTE, 10)) {
            cluster.node(0).allowed(10);
            assertThat(cluster.node(1).allowed(1)).isZero();
            ClientBuckets buckets = cluster.node(0).limits().buckets("users", LimiterCluster.CLIENT);
            cluster.node(0).limits().reset("users", buckets);
            cluster.node(1).limits().reset("users", buckets);
            assertThat(cluster.node(1).allowed(20)).isEqualTo(10);
        }
    }

    @Test
    void aRejectionEndsWithTheChangeOfTheLimit() {
        RateLimitSettings more = new RateLimitSettings(
                "default", 1_000_000, SECOND, 1_000_000, LimitKey.parse("client"), RedisFailureMode.SPLIT);
        try (LimiterCluster cluster = cluster(1, 1, Duration.ofDays(1), 1)) {
            assertThat(cluster.node(0).allowed(2)).isEqualTo(1);
            cluster.node(0)
                    .limits()
                    .policy("users", List.of(more), new Metrics(new PrometheusRegistry()).route("users"));
            Awaitility.await().until(() -> cluster.node(0).allowed(1) == 1);
        }
    }

    @Test
    void aLimitIsNotRefilledByARestartOfTheNode() {
        try (LimiterCluster cluster = cluster(1, 10, MINUTE, 10)) {
            cluster.node(0).allowed(10);
        }
        try (LimiterCluster cluster = cluster(1, 10, MINUTE, 10)) {
            assertThat(cluster.node(0).allowed(10)).isZero();
        }
    }

    @Test
    void aBusyBucketNeedsLessThanOneCallPerRequest() {
        try (LimiterCluster cluster = cluster(1, 1_000_000, MINUTE, 1_000_000)) {
            long before = calls(server);
            assertThat(cluster.node(0).allowed(20_000)).isEqualTo(20_000);
            assertThat(calls(server) - before).isLessThan(2_000);
        }
    }

    @Test
    void redisStoresNoHeaderValue() {
        RateLimitSettings settings = new RateLimitSettings(
                "default", 10, MINUTE, 10, LimitKey.parse("header:X-Api-Key"), RedisFailureMode.SPLIT);
        try (LimiterCluster cluster = LimiterCluster.start(1, RedisUri.parse("REDIS_URL", server.url()), settings)) {
            RateLimitPolicyTest.answer(
                    cluster.node(0).policy(), Requests.from(LimiterCluster.CLIENT, "X-Api-Key", "secret"));
            assertThat(server.<Set<String>>ask(redis -> redis.keys("pintle:limit:*")))
                    .singleElement()
                    .asString()
                    .startsWith("pintle:limit:{users}:default:")
                    .doesNotContain("secret");
        }
    }

    /**
     * Asserts that the nodes together hold the limit.
     *
     * @param part the minimum part of the limit that must be used; a busy machine leaves some of it unused
     */
    private static void assertHolds(LimiterCluster cluster, int permits, int burst, Duration time, double part) {
        long start = System.nanoTime();
        long allowed = cluster.drive(2 * permits + burst, time);
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(allowed).isLessThanOrEqualTo((long) ((burst + permits * seconds) * 1.02));
        assertThat(allowed).isGreaterThan((long) ((burst + permits * time.toSeconds()) * part));
    }

    /** Returns how many scripts Redis has run, those of probes included. */
    static long calls(TestRedis server) {
        String line = server.ask(redis -> redis.info("commandstats"))
                .lines()
                .filter(stat -> stat.startsWith("cmdstat_evalsha:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("cmdstat_evalsha:calls=(\\d+),.*", "$1"));
    }

    private static LimiterCluster cluster(int nodes, int permits, Duration per, int burst) {
        return LimiterCluster.start(
                nodes,
                RedisUri.parse("REDIS_URL", server.url()),
                new RateLimitSettings(
                        "default", permits, per, burst, LimitKey.parse("client"), RedisFailureMode.SPLIT));
    }
}
