package dev.pintle.config;

import org.jspecify.annotations.Nullable;

/** A route as written; null where nothing was written. */
public record RouteSpec(
        @Nullable String id,
        @Nullable String description,
        @Nullable Boolean enabled,
        @Nullable MatchSpec match,
        @Nullable UpstreamSpec upstream,
        @Nullable RewriteSpec rewrite,
        @Nullable TimeoutSpec timeout,
        @Nullable RetrySpec retry,
        @Nullable CircuitBreakerSpec circuitBreaker,
        @Nullable ConcurrencySpec concurrency,
        @Nullable RateLimitSpec rateLimit,
        @Nullable DataSize maxRequestBody)
        implements PolicySpecs {}
