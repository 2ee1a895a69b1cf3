package dev.pintle.soak;

import java.time.Duration;

/** PostgreSQL refuses, stalls, and stays silent during a restart of the gateway. */
final class PostgresOutage implements Drill {
    private static final Duration TIME = Duration.ofSeconds(15);

    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("256m")) {
            site.gateway().route("one", "/one", "", site.healthy("one"));
            ClientResults calm;
            ClientResults refused;
            ClientResults silent;
            try (Load load = Load.of(500, 16, () -> site.get("/one", "one"))) {
                load.measure(Duration.ofSeconds(10));
                calm = load.measure(TIME);
                site.postgres().refuse();
                refused = load.measure(TIME);
                awaitHealth(site, "degraded");
                site.postgres().heal();
                awaitHealth(site, "up");
                site.postgres().stall();
                silent = load.measure(TIME);
                awaitHealth(site, "degraded");
            }
            long began = System.nanoTime();
            site.gateway().stop();
            long stopped = System.nanoTime();
            site.restart();
            double stop = (stopped - began) / 1e9;
            double start = (System.nanoTime() - stopped) / 1e9;
            try (LoadClient caller = new LoadClient()) {
                String answer = caller.send(site.get("/one", "one"));
                site.postgres().heal();
                awaitHealth(site, "up");
                return new Figure(
                        "PostgreSQL refuses, then stalls, 15 s each at 500 requests/s; restart during the stall",
                        "0 failed, p99 + < 2 ms, restart serves in 10 s, health degraded",
                        ("refused: %s, silent: %s; p99 %.1f ms refused, %.1f ms silent, %.1f ms "
                                        + "before; health degraded, then up; stop took %.1f s, start %.1f s, and the "
                                        + "response was %s")
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
