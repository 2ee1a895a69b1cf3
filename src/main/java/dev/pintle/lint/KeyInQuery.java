package dev.pintle.lint;

import dev.pintle.config.Settings;
import dev.pintle.policy.authentication.ApiKeySpec;
import dev.pintle.policy.authentication.AuthenticationSpec;
import dev.pintle.policy.authentication.AuthenticationType;

/** Finds API keys in URLs. */
final class KeyInQuery implements RouteRule {
    private static final Rule RULE = new Rule(
            "key-in-query",
            Severity.WARNING,
            "`authentication.apiKey.from` has `query:NAME`: keys in URLs end up in logs, browser histories and `Referer`.",
            "Take the key from a header, such as `header:X-API-Key`.");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(LintedRoute route, LintedConfiguration all, Report report) {
        if (!route.settings().contains(AuthenticationType.TYPE)) {
            return;
        }
        Settings<AuthenticationSpec> authentication = route.settings().of(AuthenticationType.TYPE);
        ApiKeySpec apiKey = authentication.find(AuthenticationSpec::apiKey);
        if (apiKey == null || apiKey.from() == null) {
            return;
        }
        for (int i = 0; i < apiKey.from().size(); i++) {
            if (apiKey.from().get(i).startsWith("query:")) {
                report.add(
                        RULE,
                        route,
                        "/authentication/apiKey/from/" + i,
                        "The route takes API keys from the URL: "
                                + apiKey.from().get(i) + LintedRoute.origin(authentication, "apiKey") + '.');
            }
        }
    }
}
