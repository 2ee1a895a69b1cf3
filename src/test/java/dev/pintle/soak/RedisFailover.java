package dev.pintle.soak;

import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.TestRedis;
import java.time.Duration;
import java.util.Map;

/** Two nodes count a limit in a Redis behind a sentinel. The master dies, and its replica takes over. */
final class RedisFailover implements Drill {
    /** Admitted in one second, of 500 sent. The burst holds what accrues between two requests. */
    private static final int LIMIT = 100;

    private static final Duration PERIOD = Duration.ofSeconds(20);

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
            Map<String, String> environment =
                    Map.of("REDIS_URL", "redis-sentinel://127.0.0.1:" + sentinel.port() + "?sentinelMasterId=main");
            try (DrillSite site = DrillSite.with("256m", environment)) {
                return run(site, site.anotherNode(environment), master, replica);
            }
        }
    }

    private static Figure run(DrillSite site, GatewayProcess other, TestRedis master, TestRedis replica) {
        site.gateway()
                .route(
                        "one",
                        "/one",
                        ", \"rateLimits\": [{\"name\": \"all\", \"requests\": %d, \"per\": \"1s\", \"burst\": 20, \"key\": \"route\"}]"
                                .formatted(LIMIT),
                        site.healthy("one"));
        Waiting.await("the route", () -> other.get("/one").statusCode() != 404);
        try (NodeBalancer balancer = new NodeBalancer(site.gateway(), other);
                Load load = Load.of(500, 16, () -> ClientRequest.get(balancer.port(), "/one", "one"))) {
            load.measure(Duration.ofSeconds(5));
            ClientResults calm = load.measure(PERIOD);
            ClientResults failover = load.resetCounts();
            long began = System.nanoTime();
            master.kill();
            Waiting.await(
                    "the new master",
                    () -> replica.ask(redis -> redis.info("replication")).contains("role:master"));
            double took = (System.nanoTime() - began) / 1e9;
            Waiting.pause(PERIOD.minusNanos(System.nanoTime() - began));
            load.resetCounts();
            return new Figure(
                    "two nodes, 500 requests/s under a limit of 100/s in Redis; its master dies, sentinels promote a"
                            + " replica; 20 s",
                    "2,000 admitted ± 2 %, the others 429",
                    "before: %s; during: %s; the replica took over after %.1f s"
                            .formatted(admitted(calm), admitted(failover), took));
        }
    }

    private static String admitted(ClientResults results) {
        return results.of(LoadClient.OK) + " admitted, " + results.errors();
    }
}
