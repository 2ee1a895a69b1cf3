package dev.pintle.policy.forwarding;

import dev.pintle.config.Settings;
import dev.pintle.http.Policy;
import dev.pintle.policy.NoSettings;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import dev.pintle.policy.rewrite.RewriteSpec;
import dev.pintle.policy.rewrite.RewriteType;

/** Adapts forwarded headers. The policy has no settings and depends on those of {@code rewrite}. */
public final class ForwardingType implements PolicyType<NoSettings> {
    public static final ForwardingType TYPE = new ForwardingType();

    private ForwardingType() {}

    @Override
    public String key() {
        return "forwarding";
    }

    @Override
    public Class<NoSettings> spec() {
        return NoSettings.class;
    }

    @Override
    public boolean standard() {
        return true;
    }

    @Override
    public Policy create(Settings<NoSettings> none, PolicyContext context) {
        Settings<RewriteSpec> rewrite = context.settings().of(RewriteType.TYPE);
        String path = context.match().literalPath();
        boolean stripped = rewrite.get(RewriteSpec::stripPrefix) && path.length() > 1;
        return new ForwardedHeadersPolicy(rewrite.get(RewriteSpec::preserveHost), stripped ? path : null);
    }
}
