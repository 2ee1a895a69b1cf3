package dev.pintle.lint;

import dev.pintle.config.Settings;
import dev.pintle.policy.authentication.AuthenticationSpec;
import dev.pintle.policy.authentication.AuthenticationType;

/** Finds routes that wait for client certificates that no connector asks for. */
final class CertificatesNotRequested implements RouteRule {
    private static final Rule RULE = new Rule(
            "certificates-not-requested",
            Severity.WARNING,
            "`authentication.anyOf` has `clientCertificate`, and no connector of the node asks clients for certificates: the"
                    + " method admits no client.",
            "Set `clientCertificate: request` and `clientAuthorities` on a connector of type `h2` in config.yml, or remove the"
                    + " method.");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(LintedRoute route, LintedConfiguration all, Report report) {
        if (all.node().requestsCertificates() || !route.settings().contains(AuthenticationType.TYPE)) {
            return;
        }
        Settings<AuthenticationSpec> authentication = route.settings().of(AuthenticationType.TYPE);
        if (AuthenticationType.verifiesCertificates(authentication)) {
            report.add(
                    RULE,
                    route,
                    "/authentication/anyOf",
                    "The route takes client certificates" + LintedRoute.origin(authentication, "anyOf")
                            + ", and no connector of this node asks for them.");
        }
    }
}
