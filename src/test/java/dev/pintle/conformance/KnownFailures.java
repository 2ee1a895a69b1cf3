package dev.pintle.conformance;

import java.util.Map;
import java.util.Optional;

/** The known failures with their reasons. */
final class KnownFailures {
    private static final Map<String, String> REASONS = Map.of();

    private KnownFailures() {}

    /** Returns the reason for a failure; empty when the case must pass. */
    static Optional<String> reason(ConformanceCase trial) {
        return Optional.ofNullable(REASONS.get(trial.name()));
    }
}
