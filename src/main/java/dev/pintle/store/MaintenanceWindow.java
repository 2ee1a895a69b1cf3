package dev.pintle.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A time in which a route answers no requests.
 *
 * @param route the id of the route, or {@value #ALL} for all routes
 * @param allow addresses and CIDR blocks whose requests pass
 * @param until the end, by the clock that decides it: PostgreSQL's, or this node's for {@link OverrideScope#NODE}; for
 *     display only
 * @param left the time to the end when the window was read
 * @param reason the operator's reason; may be empty
 * @param author the name of the operator's token
 */
public record MaintenanceWindow(
        String route,
        List<String> allow,
        Instant until,
        Duration left,
        String reason,
        String author,
        OverrideScope scope)
        implements RouteOverride<MaintenanceWindow> {
    /** Stands for all routes. */
    public static final String ALL = "*";

    public MaintenanceWindow {
        allow = List.copyOf(allow);
    }

    @Override
    public MaintenanceWindow withLeft(Duration other) {
        return new MaintenanceWindow(route, allow, until, other, reason, author, scope);
    }
}
