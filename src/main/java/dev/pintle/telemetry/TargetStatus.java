package dev.pintle.telemetry;

import java.util.Optional;

/** The state of a target of a route at each scrape. Safe for all threads. */
public interface TargetStatus {
    /** Returns whether the circuit refuses all requests; empty without a circuit breaker. */
    Optional<Boolean> circuitOpen();

    /** Returns whether the target receives requests; empty without health checks and outlier detection. */
    Optional<Boolean> healthy();
}
