package dev.pintle.upstream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests of a route go, and what is done about targets that fail.
 *
 * @param targets at least one, each URL once
 * @param hashOn what a consistent hash is made of; without a meaning for the others
 * @param healthCheck null: targets are not checked
 * @param ejection null: none is ejected
 * @param breaker null: none has a circuit breaker
 */
public record UpstreamSettings(
        List<Target> targets,
        Balancing balancing,
        HashKey hashOn,
        @Nullable HealthCheckSettings healthCheck,
        @Nullable EjectionSettings ejection,
        @Nullable BreakerSettings breaker) {
    public UpstreamSettings {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("an upstream has at least one target");
        }
    }
}
