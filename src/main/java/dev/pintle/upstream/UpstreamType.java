package dev.pintle.upstream;

import dev.pintle.config.SettingsType;
import dev.pintle.config.Violations;
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
        hashKey(spec, violations);
        protocol(spec.protocol(), targets, violations);
        if (spec.healthCheck() != null
                && spec.healthCheck().grpc() != null
                && (spec.protocol() == null || spec.protocol() == UpstreamProtocol.HTTP1)) {
            violations.add("/healthCheck/grpc", "needs HTTP/2; set \"protocol\" to h2c, h2 or auto");
        }
        if (spec.tls() != null && targets.stream().noneMatch(UpstreamType::isSecure)) {
            violations.add("/tls", "applies only to targets that begin with https://; there is none");
        }
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

    private static void protocol(@Nullable UpstreamProtocol protocol, List<TargetSpec> targets, Violations violations) {
        if (protocol == UpstreamProtocol.H2 && !targets.stream().allMatch(UpstreamType::isSecure)) {
            violations.add("/protocol", "needs targets that begin with https://; \"h2c\" is HTTP/2 in clear text");
        }
        if (protocol == UpstreamProtocol.H2C && targets.stream().anyMatch(UpstreamType::isSecure)) {
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
