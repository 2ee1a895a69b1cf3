package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.redis.RedisUri;
import dev.pintle.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Redis with failover. */
@Tag("soak")
class RedisFailoverTest {
    private static final RateLimitSettings HUNDRED_AN_HOUR = new RateLimitSettings(
            "default", 100, Duration.ofHours(1), 100, LimitKey.parse("client"), RedisFailureMode.SPLIT);
    private static final int SLOTS = 16_384;
    private static final int SHARDS = 3;

    private List<TestRedis> servers = List.of();

    @AfterEach
    void stop() {
        servers.forEach(TestRedis::close);
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
        List<TestRedis> masters = cluster();
        RedisUri url = RedisUri.parse(
                "REDIS_URL", "redis-cluster://127.0.0.1:" + masters.getFirst().port());
        List<String> clients =
                IntStream.range(0, 30).mapToObj(i -> "198.51.100." + i).toList();
        try (LimiterCluster cluster = LimiterCluster.start(2, url, HUNDRED_AN_HOUR)) {
            assertThat(clients)
                    .allSatisfy(
                            client -> assertThat(cluster.allowed(client, 20)).isEqualTo(40));
            masters.getLast().kill();
            int[] allowed = new int[clients.size()];
            TestRedis replica = servers.getLast();
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                for (int i = 0; i < allowed.length; i++) {
                    allowed[i] += cluster.allowed(clients.get(i), 1);
                }
                return replica.ask(redis -> redis.info("replication")).contains("role:master");
            });
            cluster.awaitMode(RateLimitMode.REDIS);
            assertThat(IntStream.range(0, allowed.length)
                            .map(i -> 40 + allowed[i] + cluster.allowed(clients.get(i), 100)))
                    .allSatisfy(inAll -> assertThat(inAll).isBetween(60, 105));
        }
    }

    /** Three masters with a third of the slots each, and a replica of the last master. */
    private List<TestRedis> cluster() {
        servers = Stream.generate(() -> TestRedis.start("cluster-enabled yes", "cluster-node-timeout 1000"))
                .limit(SHARDS + 1)
                .toList();
        List<TestRedis> masters = servers.subList(0, SHARDS);
        TestRedis first = masters.getFirst();
        for (int shard = 0; shard < SHARDS; shard++) {
            int[] slots = IntStream.range(SLOTS * shard / SHARDS, SLOTS * (shard + 1) / SHARDS)
                    .toArray();
            masters.get(shard).ask(redis -> redis.clusterAddSlots(slots));
        }
        servers.forEach(server -> first.ask(redis -> redis.clusterMeet("127.0.0.1", server.port())));
        TestRedis replica = servers.getLast();
        String last = masters.getLast().ask(redis -> redis.clusterMyId());
        await().until(() -> replica.ask(redis -> redis.clusterNodes()).contains(last));
        replica.ask(redis -> redis.clusterReplicate(last));
        await().until(() -> servers.stream()
                .allMatch(server -> server.ask(redis -> redis.clusterInfo()).contains("cluster_state:ok")));
        await().until(() -> replica.ask(redis -> redis.info("replication")).contains("master_link_status:up"));
        return masters;
    }
}
