package dev.pintle.config;

import org.jspecify.annotations.Nullable;

/** The blocks that a route and the defaults have in common; null where nothing was written. */
public sealed interface PolicySpecs permits RouteSpec, DefaultsSpec {
    @Nullable
    RewriteSpec rewrite();

    @Nullable
    TimeoutSpec timeout();

    @Nullable
    RetrySpec retry();

    @Nullable
    CircuitBreakerSpec circuitBreaker();

    @Nullable
    ConcurrencySpec concurrency();

    @Nullable
    RateLimitSpec rateLimit();

    @Nullable
    DataSize maxRequestBody();
}
