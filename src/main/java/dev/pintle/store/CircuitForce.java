package dev.pintle.store;

import java.time.Duration;
import java.time.Instant;

/**
 * An operator's request to force all circuits of a route.
 *
 * @param open whether they are forced open; otherwise closed
 * @param duration the lifetime of the override, from the moment of the request
 * @param reason the operator's reason; may be empty
 * @param author the name of the operator's token
 */
public record CircuitForce(String route, boolean open, Duration duration, String reason, String author)
        implements OverrideRequest<CircuitOverride> {
    @Override
    public CircuitOverride onThisNode(Instant until, Duration left) {
        return new CircuitOverride(route, open, until, left, reason, author, OverrideScope.NODE);
    }
}
