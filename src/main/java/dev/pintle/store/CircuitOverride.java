package dev.pintle.store;

import java.time.Duration;
import java.time.Instant;

/**
 * The state that an operator forced on all circuits of a route.
 *
 * @param open whether they are forced open; otherwise closed
 * @param until the end, by the clock that decides it: PostgreSQL's, or this node's for {@link OverrideScope#NODE}; for display
 *     only
 * @param left the time to the end when the override was read
 * @param reason the operator's reason; may be empty
 * @param author the name of the operator's token
 */
public record CircuitOverride(
        String route, boolean open, Instant until, Duration left, String reason, String author, OverrideScope scope)
        implements RouteOverride<CircuitOverride> {
    @Override
    public CircuitOverride withLeft(Duration other) {
        return new CircuitOverride(route, open, until, other, reason, author, scope);
    }
}
