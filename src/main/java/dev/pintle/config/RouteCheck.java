package dev.pintle.config;

/** Rules of a route that its own document cannot show: they depend on the defaults, or on the node. */
@FunctionalInterface
public interface RouteCheck {
    /**
     * Reports violations.
     *
     * @param route may break other rules; those are reported elsewhere
     * @param violations takes pointers into the route
     */
    void check(Specs route, Specs defaults, Violations violations);
}
