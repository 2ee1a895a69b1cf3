package dev.pintle.routing.table;

import dev.pintle.config.BuiltInDefaults;
import dev.pintle.config.CircuitBreakerSpec;
import dev.pintle.config.HealthCheckSpec;
import dev.pintle.config.OutlierDetectionSpec;
import dev.pintle.config.PolicySpecs;
import dev.pintle.config.TargetSpec;
import dev.pintle.config.TlsSpec;
import dev.pintle.config.UpstreamSpec;
import dev.pintle.upstream.UpstreamSettings;
import dev.pintle.upstream.circuitbreaker.CircuitBreakerSettings;
import dev.pintle.upstream.health.HealthCheckSettings;
import dev.pintle.upstream.loadbalancing.HashKey;
import dev.pintle.upstream.loadbalancing.LoadBalancing;
import dev.pintle.upstream.outlier.OutlierDetectionSettings;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.tls.ClientTls;
import dev.pintle.upstream.tls.ClientTlsCache;
import dev.pintle.upstream.tls.TlsSettings;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the settings of an upstream out of what was written. */
final class UpstreamCompiler {
    private UpstreamCompiler() {}

    static UpstreamSettings settings(UpstreamSpec upstream, LayeredSettings layers, ClientTlsCache tls) {
        return new UpstreamSettings(
                targets(Objects.requireNonNull(upstream.targets()), upstream.tls(), tls),
                upstream.loadBalancing() == null
                        ? LoadBalancing.ROUND_ROBIN
                        : LoadBalancing.named(upstream.loadBalancing()),
                upstream.hashKey() == null ? HashKey.CLIENT : HashKey.parse(upstream.hashKey()),
                upstream.healthCheck() == null ? null : healthCheck(upstream.healthCheck()),
                upstream.outlierDetection() == null ? null : ejection(upstream.outlierDetection()),
                layers.given(PolicySpecs::circuitBreaker) ? breaker(layers) : null);
    }

    private static List<Target> targets(List<TargetSpec> specs, @Nullable TlsSpec written, ClientTlsCache contexts) {
        ClientTls tls = contexts.of(
                written == null ? TlsSettings.NONE : new TlsSettings(written.caBundle(), written.clientCertificate()));
        String serverName = written == null ? null : written.serverName();
        return specs.stream()
                .map(spec -> Target.of(
                        Objects.requireNonNull(spec.url()),
                        Objects.requireNonNullElse(spec.weight(), 1),
                        tls,
                        serverName))
                .toList();
    }

    private static HealthCheckSettings healthCheck(HealthCheckSpec spec) {
        return new HealthCheckSettings(
                value(spec, BuiltInDefaults.HEALTH_CHECK, HealthCheckSpec::path),
                value(spec, BuiltInDefaults.HEALTH_CHECK, HealthCheckSpec::interval),
                value(spec, BuiltInDefaults.HEALTH_CHECK, HealthCheckSpec::timeout),
                value(spec, BuiltInDefaults.HEALTH_CHECK, HealthCheckSpec::unhealthyAfter),
                value(spec, BuiltInDefaults.HEALTH_CHECK, HealthCheckSpec::healthyAfter));
    }

    private static OutlierDetectionSettings ejection(OutlierDetectionSpec spec) {
        return new OutlierDetectionSettings(
                value(spec, BuiltInDefaults.EJECTION, OutlierDetectionSpec::consecutiveFailures),
                value(spec, BuiltInDefaults.EJECTION, OutlierDetectionSpec::ejectionTime),
                value(spec, BuiltInDefaults.EJECTION, OutlierDetectionSpec::maxEjectionPercent));
    }

    private static CircuitBreakerSettings breaker(LayeredSettings layers) {
        return new CircuitBreakerSettings(
                layers.value(PolicySpecs::circuitBreaker, CircuitBreakerSpec::consecutiveFailures),
                layers.value(PolicySpecs::circuitBreaker, CircuitBreakerSpec::cooldown),
                layers.value(PolicySpecs::circuitBreaker, CircuitBreakerSpec::halfOpenRequests));
    }

    private static <S, V> V value(S written, S builtIn, Function<S, @Nullable V> field) {
        V value = field.apply(written);
        return value != null ? value : Objects.requireNonNull(field.apply(builtIn));
    }
}
