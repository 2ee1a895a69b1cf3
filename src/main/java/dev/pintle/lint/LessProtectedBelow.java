package dev.pintle.lint;

import dev.pintle.config.SettingsType;
import dev.pintle.policy.authentication.AuthenticationSpec;
import dev.pintle.policy.authentication.AuthenticationType;
import dev.pintle.policy.ipfilter.IpFilterType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds routes that lack a protection of the route above them. */
final class LessProtectedBelow implements RouteRule {
    private static final Rule RULE = new Rule(
            "less-protected-below",
            Severity.WARNING,
            "A route restricts its clients, and a route below its path does not: `/admin` has `authentication` or"
                    + " `ipFilter`, and `/admin/export` has not.",
            "Give the route below the same policy, or accept the finding if it is open on purpose.");

    /** The policies that restrict clients. */
    private static final List<SettingsType<?>> PROTECTIONS = List.of(AuthenticationType.TYPE, IpFilterType.TYPE);

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(LintedRoute route, LintedConfiguration all, Report report) {
        String path = path(route);
        for (SettingsType<?> protection : PROTECTIONS) {
            if (!protects(route, protection)) {
                above(path)
                        .flatMap(all::at)
                        .filter(other -> protects(other, protection) && sharesHost(other, route))
                        .findFirst()
                        .ifPresent(other -> report.add(
                                RULE,
                                route,
                                '/' + protection.key(),
                                "The route lacks " + protection.key() + ", which route \"" + other.id()
                                        + "\" above it at " + path(other) + " has."));
            }
        }
    }

    @Override
    public List<LintedRoute> dependents(LintedRoute route, LintedConfiguration all) {
        boolean protects = PROTECTIONS.stream().anyMatch(protection -> protects(route, protection));
        return protects && isPrefix(route) ? all.below(path(route)).toList() : List.of();
    }

    private static String path(LintedRoute route) {
        return route.match().pattern();
    }

    /** The paths above a path, the nearest first. */
    private static Stream<String> above(String path) {
        return path.length() <= 1
                ? Stream.empty()
                : Stream.iterate(parent(path), parent -> !parent.isEmpty(), LessProtectedBelow::parent);
    }

    private static String parent(String path) {
        if (path.length() <= 1) {
            return "";
        }
        return path.lastIndexOf('/') == 0 ? "/" : path.substring(0, path.lastIndexOf('/'));
    }

    /** Optional authentication lets every client pass. */
    private static boolean protects(LintedRoute route, SettingsType<?> protection) {
        return route.settings().contains(protection)
                && !(protection == AuthenticationType.TYPE
                        && route.settings().of(AuthenticationType.TYPE).get(AuthenticationSpec::optional));
    }

    /** Whether the route matches all paths below its own. */
    private static boolean isPrefix(LintedRoute route) {
        return route.match().path() != null
                && !Boolean.TRUE.equals(route.match().exact());
    }

    /** Whether a request can have a host that both routes match. A wildcard counts as the same host only by its text. */
    private static boolean sharesHost(LintedRoute above, LintedRoute below) {
        List<String> upper = above.match().hosts();
        List<String> lower = below.match().hosts();
        return isPrefix(above)
                && (upper == null
                        || lower == null
                        || lower.stream()
                                .anyMatch(host -> upper.stream()
                                        .anyMatch(other ->
                                                other.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT)))));
    }
}
