package dev.pintle.lint;

import dev.pintle.config.SettingsType;
import java.util.List;

/** Finds routes that lack a protection of the route above them. */
final class LessProtectedBelow implements RouteRule {
    private static final Rule RULE = new Rule(
            "less-protected-below",
            Severity.WARNING,
            "A route restricts its clients, and a route below its path does not: `/admin` has `authentication` or"
                    + " `ipFilter`, and `/admin/export` has not.",
            "Give the route below the same policy, or accept the finding if it is open on purpose.");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(LintedRoute route, LintedConfiguration all, Report report) {
        for (SettingsType<?> protection : Protections.ALL) {
            if (!Protections.has(route, protection)) {
                LintedConfiguration.above(route.path())
                        .flatMap(all::at)
                        .filter(LintedRoute::isPrefix)
                        .filter(other -> Protections.has(other, protection) && other.sharesHost(route))
                        .findFirst()
                        .ifPresent(other -> report.add(
                                RULE,
                                route,
                                '/' + protection.key(),
                                "The route lacks " + protection.key() + ", which route \"" + other.id()
                                        + "\" above it at " + other.path() + " has."));
            }
        }
    }

    @Override
    public List<LintedRoute> dependents(LintedRoute route, LintedConfiguration all) {
        boolean protects = Protections.ALL.stream().anyMatch(protection -> Protections.has(route, protection));
        return protects && route.isPrefix() ? all.below(route.path()).toList() : List.of();
    }
}
