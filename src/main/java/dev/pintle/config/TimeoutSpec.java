package dev.pintle.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long anything may take, as written. */
public record TimeoutSpec(
        @Nullable Duration connect,
        @Nullable Duration attempt,
        @Nullable Duration total,
        @Nullable Duration idle) {}
