package dev.pintle.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An operator's request to close a route.
 *
 * @param route the id of the route, or {@value MaintenanceWindow#ALL} for all routes
 * @param duration the time from the moment of the request
 * @param allow addresses and CIDR blocks whose requests pass
 * @param reason the operator's reason; may be empty
 * @param author the name of the operator's token
 */
public record MaintenanceRequest(String route, Duration duration, List<String> allow, String reason, String author)
        implements OverrideRequest<MaintenanceWindow> {
    public MaintenanceRequest {
        allow = List.copyOf(allow);
    }

    @Override
    public MaintenanceWindow onThisNode(Instant until, Duration left) {
        return new MaintenanceWindow(route, allow, until, left, reason, author, OverrideScope.NODE);
    }
}
