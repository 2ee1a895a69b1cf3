package dev.pintle.policy.rewrite;

import dev.pintle.config.MatchSpec;
import dev.pintle.config.Settings;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import java.util.Objects;
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
    public @Nullable Policy create(Settings<RewriteSpec> settings, PolicyContext context) {
        PathRewritePolicy policy = policy(settings, context.match());
        return policy.changesPaths() ? policy : null;
    }

    /** Returns the policy of a route, also when it changes nothing. */
    public static PathRewritePolicy policy(Settings<RewriteSpec> settings, MatchSpec match) {
        String prefix = settings.find(RewriteSpec::prefix);
        return new PathRewritePolicy(
                Objects.requireNonNull(match.path()),
                settings.get(RewriteSpec::stripPrefix),
                prefix == null ? "" : prefix);
    }
}
