package dev.pintle.lint;

import java.util.List;

/** A rule about one route, or about its place among the others. Implementations have no state. */
interface RouteRule {
    Rule rule();

    /** Reports findings about a route. */
    void check(LintedRoute route, LintedConfiguration all, Report report);

    /** The other routes whose findings can depend on a route. */
    default List<LintedRoute> dependents(LintedRoute route, LintedConfiguration all) {
        return List.of();
    }
}
