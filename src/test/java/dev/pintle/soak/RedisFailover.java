package dev.pintle.soak;

import dev.pintle.testing.TestRedis;
import java.util.Map;

/** Two nodes count a limit in a Redis behind a sentinel. The master dies, and its replica takes over. */
final class RedisFailover implements Drill {
    @Override
    public Figure run() {
        try (TestRedis master = TestRedis.start();
                TestRedis replica = TestRedis.start("replicaof 127.0.0.1 " + master.port());
                TestRedis sentinel = TestRedis.startSentinel("main", master)) {
            Waiting.await(
                    "the replica",
                    () -> replica.ask(redis -> redis.info("replication")).contains("master_link_status:up")
                            && sentinel.ask(redis -> redis.sentinelReplicas("main"))
                                            .size()
                                    == 1);
            String url = "redis-sentinel://127.0.0.1:" + sentinel.port() + "?sentinelMasterId=main";
            return new Figure(
                    "two nodes, 500 requests/s under a limit of 100/s in Redis; its master dies, a sentinel promotes the"
                            + " replica; 20 s",
                    LimitFailover.GOAL,
                    LimitFailover.measure(Map.of("REDIS_URL", url), master, replica));
        }
    }
}
