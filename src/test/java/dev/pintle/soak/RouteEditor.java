package dev.pintle.soak;

import java.time.Duration;
import java.util.List;

/** Edits routes continuously while the connection to PostgreSQL fails at times. */
final class RouteEditor implements AutoCloseable {
    private static final Duration BETWEEN_EDITS = Duration.ofMillis(200);
    private static final Duration BETWEEN_FAULTS = Duration.ofSeconds(10);
    private static final List<String> ROUTES = List.of("well", "reads", "orders", "fragile", "crowded", "events");

    private final DrillSite site;
    private final EventCounter faults;
    private final List<Thread> threads;
    private volatile boolean over;

    RouteEditor(DrillSite site, EventCounter faults) {
        this.site = site;
        this.faults = faults;
        this.threads =
                List.of(Thread.ofVirtual().start(this::edit), Thread.ofVirtual().start(this::injectFaults));
    }

    /** Expects that edits fail while PostgreSQL is unavailable. */
    private void edit() {
        for (int i = 0; waitWhileRunning(BETWEEN_EDITS); i++) {
            String id = ROUTES.get(i % ROUTES.size());
            site.gateway().admin("PATCH", "/api/v1/routes/" + id, "{\"description\": \"edit " + i + "\"}");
        }
    }

    private void injectFaults() {
        for (int turn = 0; waitWhileRunning(BETWEEN_FAULTS); turn++) {
            switch (turn % 3) {
                case 0 -> {
                    faults.add("PostgreSQL cut");
                    site.postgres().cut();
                }
                case 1 -> {
                    faults.add("PostgreSQL refuses for 3 s");
                    site.postgres().refuse();
                    waitWhileRunning(Duration.ofSeconds(3));
                    site.postgres().heal();
                }
                default -> {
                    faults.add("PostgreSQL silent for 5 s");
                    site.postgres().stall();
                    waitWhileRunning(Duration.ofSeconds(5));
                    site.postgres().heal();
                }
            }
        }
    }

    private boolean waitWhileRunning(Duration time) {
        return Waiting.until(System.nanoTime() + time.toNanos(), () -> over);
    }

    @Override
    public void close() {
        over = true;
        threads.forEach(Waiting::join);
    }
}
