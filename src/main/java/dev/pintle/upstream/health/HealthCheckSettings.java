package dev.pintle.upstream.health;

import java.time.Duration;

/**
 * How a target is asked for its health.
 *
 * @param path asked with GET, under the target's own path; an answer 200 to 399 is a good one
 * @param interval between two checks, give or take a tenth
 * @param timeout of one check, connecting included
 * @param unhealthyAfter how many bad answers in a row take a healthy target out
 * @param healthyAfter how many good answers in a row bring it back
 */
public record HealthCheckSettings(
        String path, Duration interval, Duration timeout, int unhealthyAfter, int healthyAfter) {
    public HealthCheckSettings {
        if (!interval.isPositive() || !timeout.isPositive() || unhealthyAfter < 1 || healthyAfter < 1) {
            throw new IllegalArgumentException(
                    "a health check needs an interval, a time-out, and counts of 1 or more; it got " + interval + ", "
                            + timeout + ", " + unhealthyAfter + " and " + healthyAfter);
        }
    }
}
