package dev.pintle.soak;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Far more requests than an upstream can serve. */
final class Overload implements Drill {
    private static final int SERVED_AT_ONCE = 10;
    private static final Duration EACH = Duration.ofMillis(40);
    private static final String OVERLOADED = "503 overloaded";

    @Override
    public Figure run() {
        Semaphore workers = new Semaphore(SERVED_AT_ONCE);
        try (DrillSite site = DrillSite.with("256m")) {
            var slow = site.upstream(connection -> {
                while (connection.request() != null) {
                    workers.acquireUninterruptibly();
                    try {
                        Waiting.pause(EACH);
                    } finally {
                        workers.release();
                    }
                    connection.answer(200, "served");
                }
            });
            site.gateway().route("slow", "/slow", ", \"concurrency\": {\"maxInFlight\": " + SERVED_AT_ONCE + "}", slow);
            ClientResults peak;
            try (Load load = Load.asMuchAs(SERVED_AT_ONCE, () -> site.get("/slow", "served"))) {
                load.measure(Duration.ofSeconds(5));
                peak = load.measure(Duration.ofSeconds(15));
            }
            double capacity = peak.of(LoadClient.OK) / 15.0;
            ClientResults over;
            try (Load load = Load.of(3 * capacity, 200, () -> site.get("/slow", "served"))) {
                load.measure(Duration.ofSeconds(5));
                over = load.measure(Duration.ofSeconds(60));
            }
            return new Figure(
                    "three times what an upstream can serve (%.0f/s), for 60 s, heap 256 MiB".formatted(capacity),
                    "goodput ≥ 90 % of peak, p99 of served < 2 ×, the rest 503 in < 10 ms, no OOM",
                    "goodput %.0f %% of peak; p99 of served %.2f ×; %d refused, p99 %.1f ms; other errors %d; %s"
                            .formatted(
                                    over.of(LoadClient.OK) / 60.0 / capacity * 100,
                                    over.p99() / peak.p99(),
                                    over.of(OVERLOADED),
                                    over.millis(OVERLOADED, 0.99),
                                    over.failed() - over.of(OVERLOADED),
                                    site.gateway().isAlive() ? "alive" : "dead"));
        }
    }
}
