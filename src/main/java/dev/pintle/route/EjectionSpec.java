package dev.pintle.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a target that fails is left out for a while, as written. */
public record EjectionSpec(
        @Nullable Integer failures,
        @Nullable Duration duration,
        @Nullable Integer maxPercent) {}
