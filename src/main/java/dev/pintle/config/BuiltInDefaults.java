package dev.pintle.config;

import java.time.Duration;
import java.util.List;

/** The values that hold where neither a route nor the defaults say anything. Each stands here, once. */
public final class BuiltInDefaults {
    /** Every value; breaker, concurrency and rate limit take part only where they are given, and have no bound on bodies. */
    public static final DefaultsSpec VALUES = new DefaultsSpec(
            new RewriteSpec(false, "", false),
            new TimeoutSpec(
                    Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60)),
            new RetrySpec(
                    2,
                    Duration.ofMillis(25),
                    Duration.ofMillis(250),
                    List.of("connect", "reset", "timeout", "502", "503", "504"),
                    List.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"),
                    new DataSize(64 << 10),
                    20),
            new CircuitBreakerSpec(5, Duration.ofSeconds(30), 1),
            new ConcurrencySpec(512),
            new RateLimitSpec(100, Duration.ofMinutes(1), null, "client", "split"),
            null);

    public static final HealthCheckSpec HEALTH_CHECK =
            new HealthCheckSpec("/healthz", Duration.ofSeconds(5), Duration.ofSeconds(1), 3, 2);

    public static final OutlierDetectionSpec EJECTION = new OutlierDetectionSpec(5, Duration.ofSeconds(30), 50);

    private BuiltInDefaults() {}
}
