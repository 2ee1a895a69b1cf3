package dev.pintle.soak;

import java.time.Duration;

/** The node is frozen under load for longer than the timeouts of its routes. */
final class FrozenNode implements Drill {
    private static final Duration FROZEN = Duration.ofSeconds(15);
    private static final int RATE = 500;
    private static final int CLIENTS = 128;
    private static final Duration AFTERWARDS = Duration.ofSeconds(10);

    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("256m")) {
            var upstream = site.upstream(connection -> {
                while (connection.request() != null) {
                    Waiting.pause(Duration.ofMillis(50));
                    connection.answer(200, "hello");
                }
            });
            String further = ", \"timeout\": {\"attempt\": \"2s\", \"total\": \"5s\"},"
                    + " \"circuitBreaker\": {\"consecutiveFailures\": 5}";
            site.gateway().route("x", "/x", further, upstream);
            ClientResults results;
            try (Load load = Load.of(RATE, CLIENTS, () -> site.get("/x", "hello"))) {
                load.measure(Duration.ofSeconds(5));
                results = load.resetCounts();
                site.gateway().freeze();
                Waiting.pause(FROZEN);
                site.gateway().thaw();
                Waiting.pause(AFTERWARDS);
            }
            return new Figure(
                    "SIGSTOP for 15 s at " + RATE + " requests/s; attempts have 2 s, requests 5 s",
                    "0 failed, no circuit opens",
                    results.failures() + "; " + CircuitTransitions.of(site.gateway()));
        }
    }
}
