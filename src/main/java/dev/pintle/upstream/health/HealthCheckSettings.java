package dev.pintle.upstream.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a health check.
 *
 * @param path requested with GET, below the target's own path; a status from 200 to 399 is a success
 * @param grpcService the service whose health a gRPC call asks for, instead of the path; null: no gRPC
 * @param interval between two checks, with a jitter of 10 percent
 * @param timeout of one check, including the connection
 * @param unhealthyAfter the consecutive failures that make a target unhealthy
 * @param healthyAfter the consecutive successes that make it healthy again
 */
public record HealthCheckSettings(
        String path,
        @Nullable String grpcService,
        Duration interval,
        Duration timeout,
        int unhealthyAfter,
        int healthyAfter) {
    /** The settings of a check with GET requests. */
    public HealthCheckSettings(String path, Duration interval, Duration timeout, int unhealthyAfter, int healthyAfter) {
        this(path, null, interval, timeout, unhealthyAfter, healthyAfter);
    }

    public HealthCheckSettings {
        if (!interval.isPositive() || !timeout.isPositive() || unhealthyAfter < 1 || healthyAfter < 1) {
            throw new IllegalArgumentException(
                    "a health check needs an interval, a time-out, and counts of 1 or more; it got " + interval + ", "
                            + timeout + ", " + unhealthyAfter + " and " + healthyAfter);
        }
    }
}
