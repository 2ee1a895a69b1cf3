package dev.pintle.testing;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A real Redis Cluster of three shards, each with a master and a replica. */
public final class TestRedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final int SHARDS = 3;

    /** The masters, then the replicas in the same order. */
    private final List<TestRedis> servers = new ArrayList<>();

    private TestRedisCluster() {}

    public static TestRedisCluster start() {
        TestRedisCluster cluster = new TestRedisCluster();
        try {
            cluster.join();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void join() {
        Stream.generate(() -> TestRedis.start("cluster-enabled yes", "cluster-node-timeout 1000"))
                .limit(2 * SHARDS)
                .forEach(servers::add);
        TestRedis first = servers.getFirst();
        for (int shard = 0; shard < SHARDS; shard++) {
            int[] slots =
                    IntStream.range(firstSlot(shard), firstSlot(shard + 1)).toArray();
            master(shard).ask(redis -> redis.clusterAddSlots(slots));
        }
        servers.forEach(server -> first.ask(redis -> redis.clusterMeet("127.0.0.1", server.port())));
        for (int shard = 0; shard < SHARDS; shard++) {
            TestRedis replica = replica(shard);
            String master = master(shard).ask(redis -> redis.clusterMyId());
            await().until(() -> replica.ask(redis -> redis.clusterNodes()).contains(master));
            replica.ask(redis -> redis.clusterReplicate(master));
        }
        await().until(() -> servers.stream()
                .allMatch(server -> server.ask(redis -> redis.clusterInfo()).contains("cluster_state:ok")));
        await().until(() -> IntStream.range(0, SHARDS)
                .allMatch(shard ->
                        replica(shard).ask(redis -> redis.info("replication")).contains("master_link_status:up")));
    }

    private static int firstSlot(int shard) {
        return SLOTS * shard / SHARDS;
    }

    public String url() {
        return "redis-cluster://127.0.0.1:" + servers.getFirst().port();
    }

    /** The shard that has a key. */
    public int shardOf(String key) {
        int slot = JedisClusterCRC16.getSlot(key);
        return IntStream.range(0, SHARDS)
                .filter(shard -> slot < firstSlot(shard + 1))
                .findFirst()
                .orElseThrow();
    }

    public TestRedis master(int shard) {
        return servers.get(shard);
    }

    public TestRedis replica(int shard) {
        return servers.get(SHARDS + shard);
    }

    @Override
    public void close() {
        servers.forEach(TestRedis::close);
    }
}
