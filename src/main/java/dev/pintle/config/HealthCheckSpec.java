package dev.pintle.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a target is asked for its health, as written. */
public record HealthCheckSpec(
        @Nullable String path,
        @Nullable Duration interval,
        @Nullable Duration timeout,
        @Nullable Integer unhealthyAfter,
        @Nullable Integer healthyAfter) {}
