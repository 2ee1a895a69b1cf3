package dev.pintle.soak;

import java.time.Duration;

/** PostgreSQL refuses, falls silent, and stays silent while the gateway restarts. */
final class PostgresOutage implements Drill {
    private static final Duration TIME = Duration.ofSeconds(15);

    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("256m")) {
            site.gateway().route("one", "/one", "", site.well("one"));
            ClientResults calm;
            ClientResults refused;
            ClientResults silent;
            try (Load load = Load.of(500, 16, () -> site.get("/one", "one"))) {
                load.over(Duration.ofSeconds(10));
                calm = load.over(TIME);
                site.postgres().refuse();
                refused = load.over(TIME);
                awaitHealth(site, "degraded");
                site.postgres().heal();
                awaitHealth(site, "up");
                site.postgres().stall();
                silent = load.over(TIME);
                awaitHealth(site, "degraded");
            }
            long began = System.nanoTime();
            site.gateway().stop();
            long stopped = System.nanoTime();
            site.startAgain();
            double stop = (stopped - began) / 1e9;
            double start = (System.nanoTime() - stopped) / 1e9;
            try (LoadClient caller = new LoadClient()) {
                String answer = caller.ask(site.get("/one", "one"));
                site.postgres().heal();
                awaitHealth(site, "up");
                return new Figure(
                        "PostgreSQL refuses, then falls silent, 15 s each at 500 requests/s; restart meanwhile",
                        "0 failed, p99 + < 2 ms, restart serves in 10 s, health degraded",
                        ("refused: %s, silent: %s; p99 %.1f ms refused, %.1f ms silent, %.1f ms before; health degraded, then up;"
                                        + " stop took %.1f s, start %.1f s, and it answered %s")
                                .formatted(
                                        refused.failures(),
                                        silent.failures(),
                                        refused.p99(),
                                        silent.p99(),
                                        calm.p99(),
                                        stop,
                                        start,
                                        answer));
            }
        }
    }

    private static void awaitHealth(DrillSite site, String word) {
        Waiting.await(
                "health " + word, () -> site.gateway().get("/__health").body().contains("\"status\":\"" + word + "\""));
    }
}
