package dev.pintle.policy.forwarding;

import dev.pintle.config.LayeredSettings;
import dev.pintle.config.Settings;
import dev.pintle.http.Policy;
import dev.pintle.policy.NoSettings;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import dev.pintle.policy.authentication.AuthenticationSpec;
import dev.pintle.policy.authentication.AuthenticationType;
import dev.pintle.policy.rewrite.RewriteSpec;
import dev.pintle.policy.rewrite.RewriteType;

/** Adapts forwarded headers. The policy has no settings and depends on those of {@code rewrite} and {@code authentication}. */
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
        return new ForwardedHeadersPolicy(
                rewrite.get(RewriteSpec::preserveHost), stripped ? path : null, certificates(context.settings()));
    }

    private static CertificateForwarding certificates(LayeredSettings settings) {
        if (!settings.contains(AuthenticationType.TYPE)) {
            return CertificateForwarding.FROM_TRUSTED_PROXY;
        }
        Settings<AuthenticationSpec> authentication = settings.of(AuthenticationType.TYPE);
        if (!AuthenticationType.verifiesCertificates(authentication)) {
            return CertificateForwarding.FROM_TRUSTED_PROXY;
        }
        return Boolean.TRUE.equals(authentication.find(AuthenticationSpec::forwardCredentials))
                ? CertificateForwarding.VERIFIED
                : CertificateForwarding.NONE;
    }
}
