package dev.pintle.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When an attempt is repeated, as written. */
public record RetrySpec(
        @Nullable Integer max,
        @Nullable Duration backoff,
        @Nullable Duration maxBackoff,
        @Nullable List<String> on,
        @Nullable List<String> methods,
        @Nullable DataSize maxReplayBody,
        @Nullable Integer budgetPercent) {}
