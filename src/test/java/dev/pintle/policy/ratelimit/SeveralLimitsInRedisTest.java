package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.redis.RedisUri;
import dev.pintle.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A route with several limits that the nodes enforce together. */
class SeveralLimitsInRedisTest {
    private static final int SLOTS = 16_384;
    private static final String OTHER_CLIENT = "198.51.100.9";

    private TestRedis server;

    @BeforeEach
    void start() {
        server = TestRedis.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void allLimitsMustAdmitOnEveryNode() {
        try (LimiterCluster cluster = cluster(2, limit("client", "client", 3), limit("route", "route", 5))) {
            assertThat(cluster.allowed(LimiterCluster.CLIENT, 10)).isEqualTo(3);
            assertThat(cluster.allowed(OTHER_CLIENT, 10)).isEqualTo(2);
        }
    }

    @Test
    void aRequestThatOneLimitRefusesCountsInNone() {
        try (LimiterCluster cluster = cluster(2, limit("route", "route", 5), limit("client", "client", 3))) {
            assertThat(cluster.allowed(LimiterCluster.CLIENT, 10)).isEqualTo(3);
            assertThat(left(cluster, LimiterCluster.CLIENT)).containsExactly(2L, 0L);
            assertThat(cluster.allowed(OTHER_CLIENT, 10)).isEqualTo(2);
            assertThat(left(cluster, OTHER_CLIENT)).containsExactly(0L, 1L);
        }
    }

    @Test
    void aRejectionReturnsTheTokenOfALease() {
        try (LimiterCluster cluster = cluster(1, limit("route", "route", 100_000), limit("client", "client", 10))) {
            assertThat(cluster.allowed(LimiterCluster.CLIENT, 500)).isEqualTo(10);
            assertThat(left(cluster, LimiterCluster.CLIENT)).containsExactly(99_990L, 0L);
        }
    }

    @Test
    void oneCallServesAllLimits() {
        try (LimiterCluster cluster =
                cluster(1, limit("a", "client", 199), limit("b", "client", 198), limit("c", "route", 197))) {
            long before = SharedLimitTest.calls(server);
            assertThat(cluster.node(0).allowed(190)).isEqualTo(190);
            assertThat(SharedLimitTest.calls(server) - before).isBetween(190L, 290L);
        }
    }

    @Test
    void theBucketsOfARouteAreInOneSlotOfARedisCluster() {
        server.close();
        server = TestRedis.start("cluster-enabled yes");
        server.ask(redis -> redis.clusterAddSlots(IntStream.range(0, SLOTS).toArray()));
        Awaitility.await().until(() -> server.ask(redis -> redis.clusterInfo()).contains("cluster_state:ok"));
        RedisUri uri = RedisUri.parse("REDIS_URL", "redis-cluster://127.0.0.1:" + server.port());
        try (LimiterCluster cluster =
                LimiterCluster.start(2, uri, limit("client", "client", 3), limit("route", "route", 5))) {
            assertThat(cluster.allowed(LimiterCluster.CLIENT, 10)).isEqualTo(3);
            assertThat(cluster.allowed(OTHER_CLIENT, 10)).isEqualTo(2);
            assertThat(cluster.isInMode(RateLimitMode.REDIS)).isTrue();
        }
    }

    @Test
    void withoutRedisEachLimitAppliesItsFailureMode() {
        RateLimitSettings allow =
                SampleLimits.limit("allow", "client", 5, Duration.ofHours(1), 5, RedisFailureMode.ALLOW);
        try (LimiterCluster cluster = cluster(2, allow, limit("split", "client", 20))) {
            server.kill();
            cluster.awaitMode(RateLimitMode.SPLIT);
            assertThat(cluster.node(0).allowed(100)).isEqualTo(10);
        }
    }

    @Test
    void withoutRedisADenyingLimitKeepsTheOthersUnchanged() {
        RateLimitSettings deny = SampleLimits.limit("deny", "client", 5, Duration.ofHours(1), 5, RedisFailureMode.DENY);
        try (LimiterCluster cluster = cluster(1, deny, limit("split", "client", 20))) {
            server.kill();
            cluster.awaitMode(RateLimitMode.SPLIT);
            assertThat(cluster.node(0).allowed(100)).isZero();
            assertThat(left(cluster, LimiterCluster.CLIENT)).containsExactly(5L, 20L);
        }
    }

    private LimiterCluster cluster(int nodes, RateLimitSettings... limits) {
        return LimiterCluster.start(nodes, RedisUri.parse("REDIS_URL", server.url()), limits);
    }

    private static RateLimitSettings limit(String name, String key, int requests) {
        return SampleLimits.limit(name, key, requests, Duration.ofDays(1));
    }

    /** Returns the levels on the last node. */
    private static List<Long> left(LimiterCluster cluster, String client) {
        return cluster.last().limits().levels("users", client).stream()
                .map(limit -> limit.level().left())
                .toList();
    }
}
