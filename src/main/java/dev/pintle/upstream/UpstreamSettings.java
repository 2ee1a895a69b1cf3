package dev.pintle.upstream;

import dev.pintle.config.Settings;
import dev.pintle.upstream.circuitbreaker.CircuitBreakerSettings;
import dev.pintle.upstream.discovery.DiscoveryQuery;
import dev.pintle.upstream.discovery.DiscoveryScheme;
import dev.pintle.upstream.discovery.DiscoverySettings;
import dev.pintle.upstream.discovery.DiscoverySpec;
import dev.pintle.upstream.discovery.RecordType;
import dev.pintle.upstream.health.HealthCheckSettings;
import dev.pintle.upstream.health.HealthCheckSpec;
import dev.pintle.upstream.loadbalancing.HashKey;
import dev.pintle.upstream.loadbalancing.LoadBalancing;
import dev.pintle.upstream.outlier.OutlierDetectionSettings;
import dev.pintle.upstream.outlier.OutlierDetectionSpec;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.TargetSpec;
import dev.pintle.upstream.target.UpstreamProtocol;
import dev.pintle.upstream.tls.ClientTls;
import dev.pintle.upstream.tls.ClientTlsCache;
import dev.pintle.upstream.tls.TlsSettings;
import dev.pintle.upstream.tls.TlsSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The targets of a route, and the handling of failing targets.
 *
 * @param targets at least one, unless discovery finds them; each URL occurs once
 * @param discovery finds the targets; null: they are listed
 * @param hashOn the key of consistent hashing; ignored by other algorithms
 * @param healthCheck null: targets are not checked
 * @param outlierDetection null: no target is ejected
 * @param circuitBreaker null: targets have no circuit breaker
 */
public record UpstreamSettings(
        List<Target> targets,
        @Nullable DiscoverySettings discovery,
        LoadBalancing balancing,
        HashKey hashOn,
        @Nullable HealthCheckSettings healthCheck,
        @Nullable OutlierDetectionSettings outlierDetection,
        @Nullable CircuitBreakerSettings circuitBreaker) {
    public UpstreamSettings {
        targets = List.copyOf(targets);
        if (targets.isEmpty() == (discovery == null)) {
            throw new IllegalArgumentException("an upstream has either targets or a discovery");
        }
    }

    /** The settings of a route. */
    public static UpstreamSettings of(
            Settings<UpstreamSpec> settings, @Nullable CircuitBreakerSettings circuitBreaker, ClientTlsCache tls) {
        List<TargetSpec> targets = settings.find(UpstreamSpec::targets);
        String hashKey = settings.find(UpstreamSpec::hashKey);
        HealthCheckSpec healthCheck = settings.find(UpstreamSpec::healthCheck);
        OutlierDetectionSpec outliers = settings.find(UpstreamSpec::outlierDetection);
        return new UpstreamSettings(
                targets(
                        targets == null ? List.of() : targets,
                        settings.get(UpstreamSpec::protocol),
                        settings.find(UpstreamSpec::tls),
                        tls),
                discovery(settings, tls),
                settings.get(UpstreamSpec::loadBalancing),
                hashKey == null ? HashKey.CLIENT : HashKey.parse(hashKey),
                healthCheck == null ? null : healthCheck.settings(),
                outliers == null ? null : outliers.settings(),
                circuitBreaker);
    }

    private static List<Target> targets(
            List<TargetSpec> specs, UpstreamProtocol protocol, @Nullable TlsSpec spec, ClientTlsCache cache) {
        ClientTls tls = tls(spec, cache);
        String serverName = spec == null ? null : spec.serverName();
        return specs.stream()
                .map(target -> Target.of(
                        Objects.requireNonNull(target.url()),
                        Objects.requireNonNull(target.weight()),
                        protocol,
                        tls,
                        serverName))
                .toList();
    }

    private static @Nullable DiscoverySettings discovery(Settings<UpstreamSpec> settings, ClientTlsCache cache) {
        DiscoverySpec spec = settings.find(UpstreamSpec::discovery);
        if (spec == null) {
            return null;
        }
        TlsSpec tls = settings.find(UpstreamSpec::tls);
        return new DiscoverySettings(
                new DiscoveryQuery(
                        Objects.requireNonNull(spec.dns()),
                        RecordType.valueOf(Objects.requireNonNull(spec.type())),
                        Objects.requireNonNullElse(spec.port(), 0)),
                spec.scheme() == DiscoveryScheme.HTTPS,
                settings.get(UpstreamSpec::protocol),
                tls(tls, cache),
                tls == null ? null : tls.serverName());
    }

    private static ClientTls tls(@Nullable TlsSpec spec, ClientTlsCache cache) {
        return cache.of(spec == null ? TlsSettings.NONE : new TlsSettings(spec.caBundle(), spec.clientCertificate()));
    }
}
