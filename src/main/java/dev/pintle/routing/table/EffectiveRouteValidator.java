package dev.pintle.routing.table;

import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.Durations;
import dev.pintle.config.PolicySpecs;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.TargetSpec;
import dev.pintle.config.TimeoutSpec;
import dev.pintle.config.TlsSpec;
import dev.pintle.config.UpstreamSpec;
import dev.pintle.config.Violation;
import dev.pintle.upstream.dns.EgressPolicy;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.tls.ClientCertificates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong with a route only once the defaults are known, and the node that it would run on. Safe for all threads. */
public final class EffectiveRouteValidator {
    private final EgressPolicy destinations;
    private final ClientCertificates certificates;

    public EffectiveRouteValidator(RouteRuntime workshop) {
        this.destinations = workshop.destinations();
        this.certificates = workshop.tls().certificates();
    }

    /** The faults of a route under these defaults; none when it would run as it reads. */
    public List<Violation> check(RouteDocument route, DefaultsDocument defaults) {
        List<Violation> faults = new ArrayList<>();
        UpstreamSpec upstream = Objects.requireNonNull(route.spec().upstream());
        destinations(Objects.requireNonNull(upstream.targets()), faults);
        clientCertificate(upstream.tls()).ifPresent(faults::add);
        attempt(route, defaults).ifPresent(faults::add);
        return faults;
    }

    /** Names may lead elsewhere tomorrow, and are judged whenever they are dialled; an address is what it is. */
    private void destinations(List<TargetSpec> targets, List<Violation> faults) {
        for (int i = 0; i < targets.size(); i++) {
            String pointer = "/upstream/targets/" + i + "/url";
            Target.of(Objects.requireNonNull(targets.get(i).url()), 1)
                    .closedBecause(destinations)
                    .map(because -> new Violation(
                            pointer,
                            "leads to an address that is closed to requests (" + because
                                    + "); if it is meant, list it under upstreamAllow in config.yml"))
                    .ifPresent(faults::add);
        }
    }

    private Optional<Violation> clientCertificate(@Nullable TlsSpec tls) {
        return Optional.ofNullable(tls)
                .map(TlsSpec::clientCertificate)
                .flatMap(certificates::fault)
                .map(message -> new Violation("/upstream/tls/clientCertificate", message));
    }

    private static Optional<Violation> attempt(RouteDocument route, DefaultsDocument defaults) {
        LayeredSettings layers = new LayeredSettings(route.spec(), defaults.spec());
        TimeoutSpec written = route.spec().timeout();
        Duration attempt = written == null ? null : written.attempt();
        Duration total = layers.value(PolicySpecs::timeout, TimeoutSpec::total);
        if (attempt == null || attempt.compareTo(total) <= 0) {
            return Optional.empty();
        }
        return Optional.of(new Violation(
                "/timeout/attempt",
                "is longer than the total of " + Durations.format(total)
                        + " that the defaults give; write a longer /timeout/total too"));
    }
}
