package dev.pintle.config;

/** Checks the rules of a route that depend on the defaults or on the node. */
@FunctionalInterface
public interface RouteCheck {
    /**
     * Reports violations.
     *
     * @param route may violate other rules, which other checks report
     * @param violations takes pointers into the route
     */
    void check(Specs route, Specs defaults, Violations violations);
}
