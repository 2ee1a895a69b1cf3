package dev.pintle.telemetry;

import java.util.Optional;

/** The state of a target of a route at each scrape. Safe for all threads. */
public interface TargetStatus {
    /** Whether its circuit refuses all requests; nothing when it has none. */
    Optional<Boolean> circuitOpen();

    /** Whether nothing holds it out; nothing when it is neither checked nor ever ejected. */
    Optional<Boolean> healthy();
}
