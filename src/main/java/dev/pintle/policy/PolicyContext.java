package dev.pintle.policy;

import dev.pintle.config.LayeredSettings;
import dev.pintle.config.MatchSpec;
import dev.pintle.telemetry.RouteMetrics;
import java.util.function.Supplier;

/**
 * The context in which a policy is created for one route.
 *
 * @param route the id of the route
 * @param match the requests that the route matches
 * @param settings all settings of the route, for policies that depend on the settings of others
 * @param metrics of the route
 * @param services of the node
 * @param states of all routes
 */
public record PolicyContext(
        String route,
        MatchSpec match,
        LayeredSettings settings,
        RouteMetrics metrics,
        PolicyServices services,
        PerRouteState states) {
    /**
     * Returns the state of the route, which outlives its revisions; creates it when the route has none.
     *
     * @param type identifies the state within the route
     */
    public <T extends RouteState> T state(Class<T> type, Supplier<T> fresh) {
        return states.claim(route, type, fresh);
    }
}
