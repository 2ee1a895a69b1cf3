package dev.pintle.lint;

import dev.pintle.config.Settings;
import dev.pintle.policy.externalauth.ExternalAuthSpec;
import dev.pintle.policy.externalauth.ExternalAuthType;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds cached decisions of authorization services that clients with different credentials share. */
final class SharedDecision implements RouteRule {
    private static final Rule RULE = new Rule(
            "shared-decision",
            Severity.WARNING,
            "`externalAuth.cacheFor` is set, and `cacheKey` lacks a credential of `requestHeaders`: the decision about one"
                    + " credential also holds for another.",
            "Add the credential to `externalAuth.cacheKey`, or remove it from `requestHeaders`.");

    private static final Pattern CREDENTIAL =
            Pattern.compile(".*(authorization|cookie|key|token|secret|session|credential|password).*");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(LintedRoute route, LintedConfiguration all, Report report) {
        if (!route.settings().contains(ExternalAuthType.TYPE)) {
            return;
        }
        Settings<ExternalAuthSpec> auth = route.settings().of(ExternalAuthType.TYPE);
        if (auth.get(ExternalAuthSpec::cacheFor).isZero()) {
            return;
        }
        List<String> key = auth.get(ExternalAuthSpec::cacheKey);
        for (String header : auth.get(ExternalAuthSpec::requestHeaders)) {
            String name = header.toLowerCase(Locale.ROOT);
            if (CREDENTIAL.matcher(name).matches() && key.stream().noneMatch(part -> covers(part, name))) {
                report.add(
                        RULE,
                        route,
                        "/externalAuth/cacheKey",
                        "The service decides by " + header + ", which cacheKey" + LintedRoute.origin(auth, "cacheKey")
                                + " lacks.");
            }
        }
    }

    private static boolean covers(String part, String header) {
        return part.equalsIgnoreCase("header:" + header) || (header.equals("cookie") && part.startsWith("cookie:"));
    }
}
