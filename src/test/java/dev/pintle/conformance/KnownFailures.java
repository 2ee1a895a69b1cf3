package dev.pintle.conformance;

import java.util.Map;
import java.util.Optional;

/** The cases that are known to fail, and why they do. */
final class KnownFailures {
    private static final Map<String, String> REASONS = Map.of();

    private KnownFailures() {}

    /** Why a case fails; nothing when it must not. */
    static Optional<String> reason(ConformanceCase trial) {
        return Optional.ofNullable(REASONS.get(trial.name()));
    }
}
