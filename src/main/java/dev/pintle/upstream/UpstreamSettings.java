package dev.pintle.upstream;

import dev.pintle.upstream.circuitbreaker.CircuitBreakerSettings;
import dev.pintle.upstream.health.HealthCheckSettings;
import dev.pintle.upstream.loadbalancing.HashKey;
import dev.pintle.upstream.loadbalancing.LoadBalancing;
import dev.pintle.upstream.outlier.OutlierDetectionSettings;
import dev.pintle.upstream.target.Target;
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
        LoadBalancing balancing,
        HashKey hashOn,
        @Nullable HealthCheckSettings healthCheck,
        @Nullable OutlierDetectionSettings ejection,
        @Nullable CircuitBreakerSettings breaker) {
    public UpstreamSettings {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("an upstream has at least one target");
        }
    }
}
