package dev.pintle.routing;

import dev.pintle.route.BreakerSpec;
import dev.pintle.route.BuiltIn;
import dev.pintle.route.EjectionSpec;
import dev.pintle.route.HealthCheckSpec;
import dev.pintle.route.PolicySpecs;
import dev.pintle.route.TargetSpec;
import dev.pintle.route.TlsSpec;
import dev.pintle.route.UpstreamSpec;
import dev.pintle.upstream.Balancing;
import dev.pintle.upstream.BreakerSettings;
import dev.pintle.upstream.EjectionSettings;
import dev.pintle.upstream.HashKey;
import dev.pintle.upstream.HealthCheckSettings;
import dev.pintle.upstream.Target;
import dev.pintle.upstream.Tls;
import dev.pintle.upstream.TlsContexts;
import dev.pintle.upstream.TlsSettings;
import dev.pintle.upstream.UpstreamSettings;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the settings of an upstream out of what was written. */
final class UpstreamCompiler {
    private UpstreamCompiler() {}

    static UpstreamSettings settings(UpstreamSpec upstream, Layers layers, TlsContexts tls) {
        return new UpstreamSettings(
                targets(Objects.requireNonNull(upstream.targets()), upstream.tls(), tls),
                upstream.loadBalancing() == null ? Balancing.ROUND_ROBIN : Balancing.named(upstream.loadBalancing()),
                upstream.hashKey() == null ? HashKey.CLIENT : HashKey.parse(upstream.hashKey()),
                upstream.healthCheck() == null ? null : healthCheck(upstream.healthCheck()),
                upstream.outlierDetection() == null ? null : ejection(upstream.outlierDetection()),
                layers.given(PolicySpecs::circuitBreaker) ? breaker(layers) : null);
    }

    private static List<Target> targets(List<TargetSpec> specs, @Nullable TlsSpec written, TlsContexts contexts) {
        Tls tls = contexts.of(
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
                value(spec, BuiltIn.HEALTH_CHECK, HealthCheckSpec::path),
                value(spec, BuiltIn.HEALTH_CHECK, HealthCheckSpec::interval),
                value(spec, BuiltIn.HEALTH_CHECK, HealthCheckSpec::timeout),
                value(spec, BuiltIn.HEALTH_CHECK, HealthCheckSpec::unhealthyAfter),
                value(spec, BuiltIn.HEALTH_CHECK, HealthCheckSpec::healthyAfter));
    }

    private static EjectionSettings ejection(EjectionSpec spec) {
        return new EjectionSettings(
                value(spec, BuiltIn.EJECTION, EjectionSpec::consecutiveFailures),
                value(spec, BuiltIn.EJECTION, EjectionSpec::ejectionTime),
                value(spec, BuiltIn.EJECTION, EjectionSpec::maxEjectionPercent));
    }

    private static BreakerSettings breaker(Layers layers) {
        return new BreakerSettings(
                layers.value(PolicySpecs::circuitBreaker, BreakerSpec::consecutiveFailures),
                layers.value(PolicySpecs::circuitBreaker, BreakerSpec::cooldown),
                layers.value(PolicySpecs::circuitBreaker, BreakerSpec::halfOpenRequests));
    }

    private static <S, V> V value(S written, S builtIn, Function<S, @Nullable V> field) {
        V value = field.apply(written);
        return value != null ? value : Objects.requireNonNull(field.apply(builtIn));
    }
}
