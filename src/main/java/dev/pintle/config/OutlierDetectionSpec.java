package dev.pintle.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a target that fails is left out for a while, as written. */
public record OutlierDetectionSpec(
        @Nullable Integer consecutiveFailures,
        @Nullable Duration ejectionTime,
        @Nullable Integer maxEjectionPercent) {}
