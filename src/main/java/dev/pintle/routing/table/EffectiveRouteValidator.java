package dev.pintle.routing.table;

import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.LayeredSettings;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.SettingsType;
import dev.pintle.config.Violation;
import dev.pintle.config.Violations;
import dev.pintle.routing.RouteSchema;
import dev.pintle.upstream.UpstreamSpec;
import dev.pintle.upstream.UpstreamType;
import dev.pintle.upstream.dns.EgressPolicy;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.TargetSpec;
import dev.pintle.upstream.tls.ClientCertificates;
import dev.pintle.upstream.tls.TlsSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Validates a route together with the defaults and with the node that would run it. Safe for all threads. */
public final class EffectiveRouteValidator {
    private final EgressPolicy egress;
    private final ClientCertificates certificates;

    public EffectiveRouteValidator(EgressPolicy egress, ClientCertificates certificates) {
        this.egress = egress;
        this.certificates = certificates;
    }

    /** The violations of a valid document under these defaults; empty when the route can run as it is written. */
    public List<Violation> violations(RouteDocument route, DefaultsDocument defaults) {
        Violations violations = new Violations();
        LayeredSettings settings = new LayeredSettings(route.settings(), defaults.settings());
        UpstreamSpec upstream = Objects.requireNonNull(route.settings().get(UpstreamType.TYPE));
        targets(Objects.requireNonNull(upstream.targets()), violations);
        Optional.ofNullable(upstream.tls())
                .map(TlsSpec::clientCertificate)
                .flatMap(certificates::fault)
                .ifPresent(fault -> violations.add("/upstream/tls/clientCertificate", fault));
        RouteSchema.READER.schema().layered().forEach(type -> effective(type, settings, violations));
        return violations.found();
    }

    private static <S extends Record> void effective(
            SettingsType<S> type, LayeredSettings settings, Violations violations) {
        type.validateEffective(settings.of(type), violations.at('/' + type.key()));
    }

    /** Checks addresses only: a name may resolve to another address tomorrow and is checked whenever it is dialed. */
    private void targets(List<TargetSpec> targets, Violations violations) {
        for (int i = 0; i < targets.size(); i++) {
            String pointer = "/upstream/targets/" + i + "/url";
            Target.of(Objects.requireNonNull(targets.get(i).url()), 1)
                    .closedBecause(egress)
                    .ifPresent(reason -> violations.add(
                            pointer,
                            "is an address that requests may not reach (" + reason
                                    + "); to allow it, list it under upstreamAllow in config.yml"));
        }
    }
}
