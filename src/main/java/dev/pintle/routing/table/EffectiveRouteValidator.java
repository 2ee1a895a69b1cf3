package dev.pintle.routing.table;

import dev.pintle.config.Configuration;
import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.DocumentValidator;
import dev.pintle.config.IdentityProviderSpec;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.KnownNames;
import dev.pintle.config.LayeredSettings;
import dev.pintle.config.NodeCheck;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.SettingsType;
import dev.pintle.config.Specs;
import dev.pintle.config.VersionedDocument;
import dev.pintle.config.Violation;
import dev.pintle.config.Violations;
import dev.pintle.policy.externalauth.AuthorizationService;
import dev.pintle.policy.externalauth.ExternalAuthSpec;
import dev.pintle.policy.externalauth.ExternalAuthType;
import dev.pintle.policy.grpcweb.GrpcWebSpec;
import dev.pintle.policy.grpcweb.GrpcWebType;
import dev.pintle.upstream.UpstreamSpec;
import dev.pintle.upstream.UpstreamType;
import dev.pintle.upstream.dns.EgressPolicy;
import dev.pintle.upstream.target.TargetSpec;
import dev.pintle.upstream.target.UpstreamProtocol;
import dev.pintle.upstream.tls.TlsSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Validates routes against the defaults and the node that runs them. Safe for all threads.
 *
 * @param documents reads the documents
 * @param egress the addresses that requests may reach
 * @param clientCertificates the names of the client certificates of the node
 */
public record EffectiveRouteValidator(
        DocumentCache documents, EgressPolicy egress, SortedSet<String> clientCertificates) implements NodeCheck {
    /** Returns the validator of documents for these defaults. */
    public DocumentValidator under(Specs defaults) {
        return new DocumentValidator(documents, this, defaults, KnownNames.ANY);
    }

    /** Returns the validator of documents for a configuration. */
    public DocumentValidator under(Configuration configuration) {
        return under(defaults(configuration)).withNames(KnownNames.of(configuration));
    }

    @Override
    public void checkRoute(Specs route, Specs defaults, Violations violations) {
        UpstreamSpec upstream = route.get(UpstreamType.TYPE);
        if (upstream != null) {
            targets(upstream.targets(), violations.at("/upstream/targets"));
            clientCertificate(upstream.tls(), violations);
            grpcWeb(route.get(GrpcWebType.TYPE), upstream.protocol(), violations);
        }
        LayeredSettings settings = new LayeredSettings(route, defaults);
        externalAuth(settings, violations);
        documents.schema().layered().forEach(type -> effective(type, settings, violations));
    }

    @Override
    public void checkDefaults(Specs defaults, Violations violations) {
        externalAuth(new LayeredSettings(Specs.NONE, defaults), violations);
    }

    @Override
    public void checkEntity(Record spec, Violations violations) {
        if (spec instanceof IdentityProviderSpec provider) {
            if (provider.jwksUri() == null && provider.jwks() == null) {
                service("/issuer", provider.issuer(), violations);
            }
            service("/jwksUri", provider.jwksUri(), violations);
        }
    }

    /**
     * Returns the violations that changed defaults would add to the routes of a configuration. Their messages name the
     * route.
     *
     * @param unaffected the ids of routes that the same write replaces
     */
    public List<Violation> brokenBy(DefaultsDocument proposed, Configuration configuration, List<String> unaffected) {
        Specs present = defaults(configuration);
        List<Violation> broken = new ArrayList<>();
        configuration.routes().forEach((id, stored) -> {
            if (!unaffected.contains(id)) {
                broken.addAll(brokenBy(proposed.settings(), present, stored));
            }
        });
        return broken;
    }

    private List<Violation> brokenBy(Specs proposed, Specs present, VersionedDocument stored) {
        try {
            RouteDocument route = documents.route(stored.json());
            Violations after = new Violations();
            checkRoute(route.settings(), proposed, after);
            if (after.found().isEmpty()) {
                return List.of();
            }
            Violations before = new Violations();
            checkRoute(route.settings(), present, before);
            return after.found().stream()
                    .filter(violation -> !before.found().contains(violation))
                    .map(violation -> new Violation(
                            violation.pointer(), "breaks route " + route.id() + ": " + violation.message()))
                    .toList();
        } catch (InvalidSpecException e) {
            return List.of();
        }
    }

    /** Stored defaults that violate a newer rule are not active, so that they do not count. */
    private Specs defaults(Configuration configuration) {
        try {
            return documents.defaults(configuration.defaults().json()).settings();
        } catch (InvalidSpecException e) {
            return Specs.NONE;
        }
    }

    private static <S extends Record> void effective(
            SettingsType<S> type, LayeredSettings settings, Violations violations) {
        type.validateEffective(settings.of(type), violations.at('/' + type.key()));
    }

    /**
     * Checks literal addresses only. The egress policy checks host names at each connect, because their addresses can
     * change.
     */
    private void targets(@Nullable List<TargetSpec> targets, Violations violations) {
        for (int i = 0; targets != null && i < targets.size(); i++) {
            String pointer = "/" + i + "/url";
            TargetSpec target = targets.get(i);
            if (target != null) {
                destination(pointer, target.url(), violations);
            }
        }
    }

    private void destination(String pointer, @Nullable String url, Violations violations) {
        new TargetSpec(url, 1)
                .blockedBy(egress)
                .ifPresent(reason -> violations.add(
                        pointer,
                        "is an address that requests may not reach (" + reason
                                + "); to allow it, list it under upstreamAllow in config.yml"));
    }

    /** Checks the URL of a service that the gateway itself calls. Null is valid. */
    private void service(String pointer, @Nullable String url, Violations violations) {
        new TargetSpec(url, 1).fault().ifPresent(message -> violations.add(pointer, message));
        destination(pointer, url, violations);
    }

    private void externalAuth(LayeredSettings settings, Violations violations) {
        if (settings.contains(ExternalAuthType.TYPE)) {
            String url = settings.of(ExternalAuthType.TYPE).find(ExternalAuthSpec::url);
            Optional.ofNullable(url)
                    .flatMap(AuthorizationService::parse)
                    .ifPresent(authorization -> service("/externalAuth/url", authorization.server(), violations));
        }
    }

    private static void grpcWeb(
            @Nullable GrpcWebSpec spec, @Nullable UpstreamProtocol protocol, Violations violations) {
        boolean isHttp1 = protocol == null || protocol == UpstreamProtocol.HTTP1;
        if (isHttp1 && spec != null && Boolean.TRUE.equals(spec.grpcWeb())) {
            violations.add("/grpcWeb", "needs an upstream.protocol of HTTP/2: h2c, h2 or auto");
        }
    }

    private void clientCertificate(@Nullable TlsSpec tls, Violations violations) {
        String name = tls == null ? null : tls.clientCertificate();
        if (name != null && !clientCertificates.contains(name)) {
            String known = clientCertificates.isEmpty() ? "none" : String.join(", ", clientCertificates);
            violations.add(
                    "/upstream/tls/clientCertificate",
                    "is \"" + name + "\", which is not among the clientCertificates of config.yml: " + known);
        }
    }
}
