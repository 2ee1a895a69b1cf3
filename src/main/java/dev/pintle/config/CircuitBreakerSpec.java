package dev.pintle.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a failing target is left alone, as written. */
public record CircuitBreakerSpec(
        @Nullable Integer consecutiveFailures,
        @Nullable Duration cooldown,
        @Nullable Integer halfOpenRequests) {}
