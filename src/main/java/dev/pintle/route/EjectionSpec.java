package dev.pintle.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a target that fails is left out for a while, as written. */
public record EjectionSpec(
        @Nullable Integer consecutiveFailures,
        @Nullable Duration ejectionTime,
        @Nullable Integer maxEjectionPercent) {}
