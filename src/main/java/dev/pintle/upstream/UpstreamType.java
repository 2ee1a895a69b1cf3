package dev.pintle.upstream;

import dev.pintle.config.SettingsType;
import dev.pintle.config.Violations;
import dev.pintle.upstream.discovery.DiscoveryScheme;
import dev.pintle.upstream.discovery.DiscoverySpec;
import dev.pintle.upstream.loadbalancing.LoadBalancing;
import dev.pintle.upstream.target.TargetSpec;
import dev.pintle.upstream.target.UpstreamProtocol;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code upstream}: the targets of a route. */
public final class UpstreamType implements SettingsType<UpstreamSpec> {
    public static final UpstreamType TYPE = new UpstreamType();

    private UpstreamType() {}

    @Override
    public String key() {
        return "upstream";
    }

    @Override
    public Class<UpstreamSpec> spec() {
        return UpstreamSpec.class;
    }

    @Override
    public void validate(UpstreamSpec spec, Violations violations) {
        List<TargetSpec> targets = Objects.requireNonNullElse(spec.targets(), List.of());
        distinct(targets, violations);
        source(spec, violations);
        hashKey(spec, violations);
        List<Boolean> secure = secure(spec, targets);
        protocol(spec.protocol(), secure, violations);
        if (spec.healthCheck() != null
                && spec.healthCheck().grpc() != null
                && (spec.protocol() == null || spec.protocol() == UpstreamProtocol.HTTP1)) {
            violations.add("/healthCheck/grpc", "needs HTTP/2; set \"protocol\" to h2c, h2 or auto");
        }
        if (spec.tls() != null && !secure.contains(true)) {
            violations.add(
                    "/tls",
                    spec.discovery() == null
                            ? "applies only to targets that begin with https://; there is none"
                            : "needs \"scheme\": \"https\" in discovery");
        }
    }

    /** Targets are listed or discovered. */
    private static void source(UpstreamSpec spec, Violations violations) {
        DiscoverySpec discovery = spec.discovery();
        if (discovery == null) {
            if (spec.targets() == null) {
                violations.add(
                        "/targets",
                        "is missing; name at least one: [{\"url\": \"http://host:port\"}], or use discovery");
            }
            return;
        }
        if (spec.targets() != null) {
            violations.add("/discovery", "finds the targets; remove \"targets\" or \"discovery\"");
        }
        boolean hasPorts = "SRV".equals(discovery.type());
        if (hasPorts && discovery.port() != null) {
            violations.add("/discovery/port", "applies only to A and AAAA; SRV records carry their own ports");
        }
        if (!hasPorts && discovery.port() == null) {
            violations.add("/discovery/port", "is missing; only SRV records carry ports");
        }
    }

    /** Whether each target uses TLS. */
    private static List<Boolean> secure(UpstreamSpec spec, List<TargetSpec> targets) {
        DiscoverySpec discovery = spec.discovery();
        return discovery == null
                ? targets.stream().map(UpstreamType::isSecure).toList()
                : List.of(discovery.scheme() == DiscoveryScheme.HTTPS);
    }

    private static void distinct(List<TargetSpec> targets, Violations violations) {
        Set<String> urls = new HashSet<>();
        for (TargetSpec target : targets) {
            if (target != null && target.url() != null && !urls.add(target.url())) {
                violations.add("/targets", "must not name a URL twice; raise the weight instead: " + target.url());
            }
        }
    }

    private static void hashKey(UpstreamSpec spec, Violations violations) {
        boolean hashes = spec.loadBalancing() == LoadBalancing.CONSISTENT_HASH;
        if (hashes && spec.hashKey() == null) {
            violations.add("/hashKey", "is missing; consistent-hash needs client, header:NAME or cookie:NAME");
        }
        if (!hashes && spec.hashKey() != null) {
            violations.add("/hashKey", "applies only with \"loadBalancing\": \"consistent-hash\"");
        }
    }

    private static void protocol(@Nullable UpstreamProtocol protocol, List<Boolean> secure, Violations violations) {
        if (protocol == UpstreamProtocol.H2 && secure.contains(false)) {
            violations.add("/protocol", "needs targets that begin with https://; \"h2c\" is HTTP/2 in clear text");
        }
        if (protocol == UpstreamProtocol.H2C && secure.contains(true)) {
            violations.add("/protocol", "needs targets that begin with http://; \"h2\" is HTTP/2 over TLS");
        }
    }

    /** Unreadable elements are null and were reported. */
    private static boolean isSecure(@Nullable TargetSpec target) {
        return target != null
                && target.url() != null
                && target.url().toLowerCase(Locale.ROOT).startsWith("https:");
    }
}
