package dev.pintle.lint;

import dev.pintle.config.Settings;
import dev.pintle.policy.cors.CorsSpec;
import dev.pintle.policy.cors.CorsType;
import java.util.List;
import java.util.regex.Pattern;

/** Finds routes whose responses every web page may read. */
final class AnyOrigin implements RouteRule {
    private static final Rule RULE = new Rule(
            "any-origin",
            Severity.WARNING,
            "`cors.origins` has `*`, or all names below a top-level domain: the pages of any site may read the responses.",
            "List the origins of the pages, or accept the finding if the responses are public.");

    /** {@code *}, or a wildcard below a name without a dot. */
    private static final Pattern ANY = Pattern.compile("\\*|.*://\\*\\.[^.]+");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(LintedRoute route, LintedConfiguration all, Report report) {
        if (!route.settings().contains(CorsType.TYPE)) {
            return;
        }
        Settings<CorsSpec> cors = route.settings().of(CorsType.TYPE);
        List<String> origins = cors.get(CorsSpec::origins);
        for (int i = 0; i < origins.size(); i++) {
            if (ANY.matcher(origins.get(i)).matches()) {
                report.add(
                        RULE,
                        route,
                        "/cors/origins/" + i,
                        "The origin " + origins.get(i) + LintedRoute.origin(cors, "origins")
                                + " admits the pages of any site.");
            }
        }
    }
}
