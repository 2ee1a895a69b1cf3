package dev.pintle.soak;

import dev.pintle.testing.TestRedisCluster;
import java.util.Map;

/** Two nodes count a limit in a Redis Cluster of three shards. The master that has the limit dies, and its replica takes over. */
final class RedisClusterFailover implements Drill {
    @Override
    public Figure run() {
        try (TestRedisCluster redis = TestRedisCluster.start()) {
            // The keys of a route have its id as their hash tag.
            int shard = redis.shardOf(LimitFailover.ROUTE);
            return new Figure(
                    "two nodes, 500 requests/s under a limit of 100/s in a Redis Cluster of 3 shards; the master of the limit"
                            + " dies; 20 s",
                    LimitFailover.GOAL,
                    LimitFailover.measure(Map.of("REDIS_URL", redis.url()), redis.master(shard), redis.replica(shard)));
        }
    }
}
