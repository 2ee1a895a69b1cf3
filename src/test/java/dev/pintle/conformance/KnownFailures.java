package dev.pintle.conformance;

import java.util.Map;
import java.util.Optional;

/** The cases that are known to fail, and why they do. */
final class KnownFailures {
    private static final Map<String, String> REASONS = Map.of(
            "absolute form without a host",
            "the server takes http:///x for /x and believes Host; nothing but that request reaches the upstream");

    private KnownFailures() {}

    /** Why a case fails; nothing when it must not. */
    static Optional<String> reason(ConformanceCase trial) {
        return Optional.ofNullable(REASONS.get(trial.name()));
    }
}
