package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.redis.RedisUri;
import dev.pintle.testing.TestRedis;
import dev.pintle.testing.TestRedisCluster;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Redis with failover. */
@Tag("soak")
class RedisFailoverTest {
    private static final RateLimitSettings HUNDRED_AN_HOUR = new RateLimitSettings(
            "default", 100, Duration.ofHours(1), 100, LimitKey.parse("client"), RedisFailureMode.SPLIT);

    private List<? extends AutoCloseable> servers = List.of();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable server : servers) {
            server.close();
        }
    }

    @Test
    void theLimitHoldsWhenSentinelsMakeAReplicaTheMaster() {
        TestRedis master = TestRedis.start();
        TestRedis replica = TestRedis.start("replicaof 127.0.0.1 " + master.port());
        TestRedis sentinel = TestRedis.startSentinel("main", master);
        servers = List.of(master, replica, sentinel);
        await().until(() -> replica.ask(redis -> redis.info("replication")).contains("master_link_status:up"));
        await().until(() ->
                sentinel.ask(redis -> redis.sentinelReplicas("main")).size() == 1);
        RedisUri url =
                RedisUri.parse("REDIS_URL", "redis-sentinel://127.0.0.1:" + sentinel.port() + "?sentinelMasterId=main");
        try (LimiterCluster cluster = LimiterCluster.start(2, url, HUNDRED_AN_HOUR)) {
            assertThat(cluster.allowed(LimiterCluster.CLIENT, 20)).isEqualTo(40);
            await().until(() -> replica.ask(redis -> redis.dbSize()) > 0);
            master.kill();
            int[] allowed = {40};
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                allowed[0] += cluster.allowed(LimiterCluster.CLIENT, 1);
                return replica.ask(redis -> redis.info("replication")).contains("role:master");
            });
            cluster.awaitMode(RateLimitMode.REDIS);
            allowed[0] += cluster.allowed(LimiterCluster.CLIENT, 100);
            assertThat(allowed[0]).isBetween(60, 103);
        }
    }

    @Test
    void theLimitsHoldWhenAClusterLosesAMaster() {
        TestRedisCluster redis = TestRedisCluster.start();
        servers = List.of(redis);
        RedisUri url = RedisUri.parse("REDIS_URL", redis.url());
        List<String> clients =
                IntStream.range(0, 30).mapToObj(i -> "198.51.100." + i).toList();
        try (LimiterCluster cluster = LimiterCluster.start(2, url, HUNDRED_AN_HOUR)) {
            assertThat(clients)
                    .allSatisfy(
                            client -> assertThat(cluster.allowed(client, 20)).isEqualTo(40));
            redis.master(2).kill();
            int[] allowed = new int[clients.size()];
            TestRedis replica = redis.replica(2);
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                for (int i = 0; i < allowed.length; i++) {
                    allowed[i] += cluster.allowed(clients.get(i), 1);
                }
                return replica.ask(server -> server.info("replication")).contains("role:master");
            });
            cluster.awaitMode(RateLimitMode.REDIS);
            assertThat(IntStream.range(0, allowed.length)
                            .map(i -> 40 + allowed[i] + cluster.allowed(clients.get(i), 100)))
                    .allSatisfy(inAll -> assertThat(inAll).isBetween(60, 105));
        }
    }
}
