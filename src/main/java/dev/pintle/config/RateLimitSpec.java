package dev.pintle.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How many requests a route or a client may send, as written. */
public record RateLimitSpec(
        @Nullable Integer requests,
        @Nullable Duration per,
        @Nullable Integer burst,
        @Nullable String key,
        @Nullable String onRedisFailure) {}
