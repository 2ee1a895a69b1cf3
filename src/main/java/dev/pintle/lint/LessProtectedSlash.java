package dev.pintle.lint;

import dev.pintle.config.SettingsType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds protected routes that match one path only, when the same path with another end goes to a route that lacks the
 * protection. Many upstreams answer both paths alike.
 */
final class LessProtectedSlash implements RouteRule {
    private static final Rule RULE = new Rule(
            "less-protected-slash",
            Severity.WARNING,
            "A route with `exact` or a template restricts its clients, and the path with a slash at its end goes to a"
                    + " broader route that does not: `/admin` has `authentication` or `ipFilter`, and `/admin/` goes to"
                    + " `/`, which has not.",
            "Remove `exact`, or give the broader route the same policy. Accept the finding if the upstream answers only"
                    + " one of the two paths.");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(LintedRoute route, LintedConfiguration all, Report report) {
        if (!isOnePath(route)) {
            return;
        }
        for (SettingsType<?> protection : Protections.ALL) {
            if (Protections.has(route, protection)) {
                nearest(route, all).stream()
                        .filter(other -> !Protections.has(other, protection))
                        .findFirst()
                        .ifPresent(other -> report.add(
                                RULE,
                                route,
                                "/match",
                                "The path " + otherForm(route.path()) + " goes to route \"" + other.id() + "\" at "
                                        + other.path() + ", which lacks " + protection.key() + '.'));
            }
        }
    }

    /** The routes that can take the requests for the other form of the path: those with the nearest path. */
    private static List<LintedRoute> nearest(LintedRoute route, LintedConfiguration all) {
        String path = otherForm(route.path());
        return Stream.concat(Stream.of(path), LintedConfiguration.above(path))
                .map(place -> all.at(place)
                        .filter(other -> other.isPrefix() || place.equals(path))
                        .filter(other -> other.sharesHost(route) && other.sharesMethod(route))
                        .toList())
                .filter(routes -> !routes.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    @Override
    public List<LintedRoute> dependents(LintedRoute route, LintedConfiguration all) {
        if (Protections.ALL.stream().allMatch(protection -> Protections.has(route, protection))) {
            return List.of();
        }
        Stream<LintedRoute> others = route.isPrefix()
                ? Stream.concat(all.at(route.path()), all.below(route.path()))
                : all.at(otherForm(route.path()));
        return others.filter(LessProtectedSlash::isOnePath).toList();
    }

    /** Whether the route matches a path, and neither the paths below it nor the path with another end. */
    private static boolean isOnePath(LintedRoute route) {
        return !route.isPrefix()
                && !route.path().equals("/")
                && (route.match().template() == null
                        || !Objects.requireNonNull(route.match().compiledTemplate())
                                .hasRest());
    }

    private static String otherForm(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path + '/';
    }
}
