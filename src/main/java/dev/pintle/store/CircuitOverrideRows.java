package dev.pintle.store;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The table {@code forced_circuit}. */
final class CircuitOverrideRows extends OverrideRows<CircuitOverride, CircuitForce> {
    CircuitOverrideRows(Handle handle) {
        super(handle, "forced_circuit", "state", "text");
    }

    @Override
    String value(CircuitForce force) {
        return force.open() ? "open" : "closed";
    }

    @Override
    CircuitOverride override(String route, String state, Instant until, Duration left, String reason, String author) {
        return new CircuitOverride(route, state.equals("open"), until, left, reason, author, OverrideScope.CLUSTER);
    }
}
