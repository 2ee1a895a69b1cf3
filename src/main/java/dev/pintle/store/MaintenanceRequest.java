package dev.pintle.store;

import java.time.Duration;
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
public record MaintenanceRequest(String route, Duration duration, List<String> allow, String reason, String author) {
    public MaintenanceRequest {
        allow = List.copyOf(allow);
    }
}
