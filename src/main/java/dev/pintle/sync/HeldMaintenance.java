package dev.pintle.sync;

import dev.pintle.store.MaintenanceWindow;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The maintenance windows that a node follows. The node's ticker measures the time to their ends, so that they end while
 * PostgreSQL is unavailable too. Used by one thread at a time.
 */
final class HeldMaintenance {
    private record Held(MaintenanceWindow window, long endsAt) {}

    private final Ticker ticker;
    private final Map<String, Held> held = new TreeMap<>();

    HeldMaintenance(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Replaces the windows with those that PostgreSQL holds now. */
    void replace(List<MaintenanceWindow> read) {
        held.clear();
        read.forEach(this::put);
    }

    void put(MaintenanceWindow window) {
        held.put(window.route(), new Held(window, ticker.nanos() + window.left().toNanos()));
    }

    void remove(String route) {
        held.remove(route);
    }

    /** Returns the active windows, ordered by route. */
    List<MaintenanceWindow> active() {
        return held.values().stream()
                .map(each -> each.window().withLeft(Duration.ofNanos(each.endsAt() - ticker.nanos())))
                .filter(window -> window.left().isPositive())
                .toList();
    }
}
