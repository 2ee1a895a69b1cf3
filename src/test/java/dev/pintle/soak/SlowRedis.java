package dev.pintle.soak;

import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Redis responds late now and then to nodes that share a bucket. */
final class SlowRedis implements Drill {
    private static final int RATE = 200;
    private static final int BURST = 200;
    private static final int REQUESTS_PER_SECOND = 600;
    private static final Duration TIME = Duration.ofSeconds(30);
    private static final Duration SLOW = Duration.ofMillis(300);
    private static final Duration NORMAL = Duration.ofMillis(500);
    private static final String LIMIT = ", \"rateLimits\": [{\"requests\": " + RATE + ", \"per\": \"1s\", \"burst\": "
            + BURST + ", \"key\": \"route\"}]";

    @Override
    public Figure run() {
        try (TestRedis redis = TestRedis.start();
                FlakyTcpProxy line = new FlakyTcpProxy(redis.port())) {
            Map<String, String> environment = Map.of("REDIS_URL", "redis://127.0.0.1:" + line.port());
            try (DrillSite site = DrillSite.with("256m", environment)) {
                site.gateway().route("limited", "/limited", LIMIT, site.healthy("hello"));
                List<GatewayProcess> nodes =
                        List.of(site.gateway(), site.anotherNode(environment), site.anotherNode(environment));
                nodes.forEach(node -> Waiting.await("the node serves", () -> !isMissing(node)));
                return figure(nodes, line);
            }
        }
    }

    private static boolean isMissing(GatewayProcess node) {
        return node.get("/limited").statusCode() == 404;
    }

    private static Figure figure(List<GatewayProcess> nodes, FlakyTcpProxy line) {
        AtomicInteger turn = new AtomicInteger();
        long start = System.nanoTime();
        ClientResults results;
        try (Load load = Load.of(
                REQUESTS_PER_SECOND,
                48,
                () -> ClientRequest.get(
                        nodes.get(turn.getAndIncrement() % nodes.size()).port(), "/limited", "hello"))) {
            results = load.resetCounts();
            disturb(line, start + TIME.toNanos());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long allowed = results.of(LoadClient.OK);
        double most = BURST + RATE * seconds * 1.02;
        return new Figure(
                "three nodes, one bucket of %d/s, burst %d, at %d requests/s; Redis answers in 60 to 120 ms now and then"
                        .formatted(RATE, BURST, REQUESTS_PER_SECOND),
                "never more than burst + rate × time × 1.02",
                "%d admitted in %.1f s, at most %.0f (%.1f %%); others: %s"
                        .formatted(allowed, seconds, most, 100 * allowed / most, results.errors()));
    }

    private static void disturb(FlakyTcpProxy line, long end) {
        while (System.nanoTime() < end) {
            // In each direction.
            line.slow(Duration.ofMillis(ThreadLocalRandom.current().nextInt(30, 61)));
            Waiting.pause(SLOW);
            line.heal();
            Waiting.pause(NORMAL);
        }
    }
}
