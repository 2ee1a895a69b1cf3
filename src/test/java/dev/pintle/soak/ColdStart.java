package dev.pintle.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A node receives load right after its start, on a machine without a free core. */
final class ColdStart implements Drill {
    private static final int BUSY = 8;
    private static final int CLIENTS = 64;

    /** Ends after two minutes of CPU time, even if the drill was killed. */
    private static final String BUSY_LOOP = "ulimit -t 120; while :; do :; done";

    @Override
    public Figure run() throws IOException {
        try (DrillSite site = DrillSite.with("256m")) {
            site.gateway()
                    .route("x", "/x", ", \"circuitBreaker\": {\"consecutiveFailures\": 5}", site.healthy("hello"));
            site.gateway().stop();
            List<Process> busy = new ArrayList<>();
            ClientResults results;
            try {
                for (int i = 0; i < BUSY; i++) {
                    busy.add(new ProcessBuilder("sh", "-c", BUSY_LOOP).start());
                }
                site.restart();
                try (Load load = Load.asMuchAs(CLIENTS, () -> site.get("/x", "hello"))) {
                    results = load.measure(Duration.ofSeconds(20));
                }
            } finally {
                busy.forEach(Process::destroyForcibly);
            }
            return new Figure(
                    "a node starts beside 8 CPU-bound processes, and gets 64 connections at once",
                    "0 failed, no circuit opens",
                    results.failures() + "; " + CircuitTransitions.of(site.gateway()));
        }
    }
}
