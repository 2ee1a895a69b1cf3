package dev.pintle.policy.rewrite;

import dev.pintle.config.MatchSpec;
import dev.pintle.config.Settings;
import dev.pintle.config.Violations;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import org.jspecify.annotations.Nullable;

/** {@code rewrite}: changes the path that the upstream receives. */
public final class RewriteType implements PolicyType<RewriteSpec> {
    public static final RewriteType TYPE = new RewriteType();

    private RewriteType() {}

    @Override
    public String key() {
        return "rewrite";
    }

    @Override
    public Class<RewriteSpec> spec() {
        return RewriteSpec.class;
    }

    @Override
    public void validate(RewriteSpec spec, Violations violations) {
        host(spec.host(), spec.preserveHost(), violations);
    }

    @Override
    public void validateEffective(Settings<RewriteSpec> settings, Violations violations) {
        host(settings.find(RewriteSpec::host), settings.find(RewriteSpec::preserveHost), violations);
    }

    private static void host(@Nullable String host, @Nullable Boolean preserved, Violations violations) {
        if (host != null && Boolean.TRUE.equals(preserved)) {
            violations.add(
                    "/host", "must not stand beside \"preserveHost\": true; the upstream receives one of the two");
        }
    }

    @Override
    public @Nullable Policy create(Settings<RewriteSpec> settings, PolicyContext context) {
        RewritePolicy policy = policy(settings, context.match());
        return policy.changesAnything() ? policy : null;
    }

    /** Returns the policy of a route, even when it changes nothing. */
    public static RewritePolicy policy(Settings<RewriteSpec> settings, MatchSpec match) {
        String prefix = settings.find(RewriteSpec::prefix);
        return new RewritePolicy(
                settings.get(RewriteSpec::stripPrefix) ? match.literalPath() : "",
                prefix == null ? "" : prefix,
                new QueryRewrite(settings.find(RewriteSpec::query)),
                settings.find(RewriteSpec::host));
    }
}
