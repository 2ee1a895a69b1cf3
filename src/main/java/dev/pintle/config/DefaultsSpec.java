package dev.pintle.config;

import org.jspecify.annotations.Nullable;

/** What holds for every route that does not say otherwise; null where nothing was written. */
public record DefaultsSpec(
        @Nullable RewriteSpec rewrite,
        @Nullable TimeoutSpec timeout,
        @Nullable RetrySpec retry,
        @Nullable CircuitBreakerSpec circuitBreaker,
        @Nullable ConcurrencySpec concurrency,
        @Nullable RateLimitSpec rateLimit,
        @Nullable DataSize maxRequestBody)
        implements PolicySpecs {
    public static final DefaultsSpec NONE = new DefaultsSpec(null, null, null, null, null, null, null);
}
