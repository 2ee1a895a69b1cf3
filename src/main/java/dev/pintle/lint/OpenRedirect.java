package dev.pintle.lint;

import dev.pintle.policy.redirect.RedirectSpec;
import dev.pintle.policy.redirect.RedirectType;
import java.util.regex.Pattern;

/** Finds redirects to a host that the client chooses. */
final class OpenRedirect implements RouteRule {
    private static final Rule RULE = new Rule(
            "open-redirect",
            Severity.WARNING,
            "`redirect.to` goes to `{host}`, and `match.hosts` is absent or ends with `*` below a top-level domain: a request"
                    + " with another `Host` is redirected there, which a shared cache may keep.",
            "List the hosts of the route in `match.hosts`, or write the host into `redirect.to`.");

    private static final Pattern CLIENT_HOST = Pattern.compile("https?://[^/?#]*\\{host}.*");
    private static final Pattern ANY_BELOW = Pattern.compile("\\*\\.[^.]+");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(LintedRoute route, LintedConfiguration all, Report report) {
        if (!route.settings().contains(RedirectType.TYPE)) {
            return;
        }
        String to = route.settings().of(RedirectType.TYPE).get(RedirectSpec::to);
        boolean anyHost = route.match().hosts() == null
                || route.match().hosts().stream()
                        .anyMatch(host -> ANY_BELOW.matcher(host).matches());
        if (CLIENT_HOST.matcher(to).matches() && anyHost) {
            report.add(RULE, route, "/redirect/to", "The redirect goes to any host that a client sends: " + to + ".");
        }
    }
}
