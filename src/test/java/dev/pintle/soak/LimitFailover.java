package dev.pintle.soak;

import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.TestRedis;
import java.time.Duration;
import java.util.Map;

/** Two nodes count a limit together while the master that counts dies and its replica takes over. */
final class LimitFailover {
    static final String ROUTE = "one";
    static final String GOAL = "2,000 admitted ± 2 %, the others 429";

    /** Admitted in one second, of 500 sent. */
    private static final int LIMIT = 100;

    /** Compensates pauses of the clients, and is only 1 % of what a period admits. */
    private static final int BURST = 20;

    private static final Duration PERIOD = Duration.ofSeconds(20);

    private LimitFailover() {}

    /** Returns what clients received before and during the failover. */
    static String measure(Map<String, String> environment, TestRedis master, TestRedis replica) {
        try (DrillSite site = DrillSite.with("256m", environment)) {
            GatewayProcess other = site.anotherNode(environment);
            site.gateway()
                    .route(
                            ROUTE,
                            "/one",
                            ", \"rateLimits\": [{\"name\": \"all\", \"requests\": %d, \"per\": \"1s\", \"burst\": %d, \"key\": \"route\"}]"
                                    .formatted(LIMIT, BURST),
                            site.healthy("one"));
            Waiting.await("the route", () -> other.get("/one").statusCode() != 404);
            try (NodeBalancer balancer = new NodeBalancer(site.gateway(), other);
                    Load load = Load.of(500, 16, () -> ClientRequest.get(balancer.port(), "/one", "one"))) {
                load.measure(Duration.ofSeconds(5));
                ClientResults calm = load.measure(PERIOD);
                ClientResults failover = load.resetCounts();
                long began = System.nanoTime();
                master.kill();
                Waiting.await("the new master", () -> isMaster(replica));
                double took = (System.nanoTime() - began) / 1e9;
                Waiting.until(began + PERIOD.toNanos(), () -> false);
                load.resetCounts();
                return "before: %s; during: %s; the replica took over after %.1f s"
                        .formatted(admitted(calm), admitted(failover), took);
            }
        }
    }

    private static boolean isMaster(TestRedis replica) {
        return replica.ask(redis -> redis.info("replication")).contains("role:master");
    }

    private static String admitted(ClientResults results) {
        return results.of(LoadClient.OK) + " admitted, " + results.errors();
    }
}
