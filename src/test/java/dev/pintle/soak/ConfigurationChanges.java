package dev.pintle.soak;

import java.time.Duration;

/** Routes change while others receive requests. */
final class ConfigurationChanges implements Drill {
    private static final int CHANGES = 200;
    private static final Duration TIME = Duration.ofSeconds(16);

    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("256m")) {
            var one = site.healthy("one");
            site.gateway().route("one", "/one", "", one);
            try (Load load = Load.of(500, 16, () -> site.get("/one", "one"))) {
                load.measure(Duration.ofSeconds(10));
                ClientResults calm = load.measure(TIME);
                long began = System.nanoTime();
                ClientResults during = load.resetCounts();
                for (int i = 0; i < CHANGES; i++) {
                    Waiting.until(began + i * TIME.toNanos() / CHANGES, () -> false);
                    site.gateway().route("one", "/one", ", \"description\": \"change " + i + "\"", one);
                }
                load.resetCounts();
                return new Figure(
                        CHANGES + " configuration changes in 16 s at 500 requests/s",
                        "0 failed, p99 + < 5 ms",
                        "%s; p99 %.1f ms, %.1f ms without changes"
                                .formatted(during.failures(), during.p99(), calm.p99()));
            }
        }
    }
}
