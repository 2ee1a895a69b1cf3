package dev.pintle.store;

import java.time.Duration;
import java.time.Instant;

/**
 * An operator's request for an override.
 *
 * @param <O> the kind of override
 */
public interface OverrideRequest<O> {
    /** The id of the route, or a name for all routes. */
    String route();

    /** The lifetime of the override, from the moment of the request. */
    Duration duration();

    /** The operator's reason; may be empty. */
    String reason();

    /** The name of the operator's token. */
    String author();

    /**
     * The override that this node follows until PostgreSQL stores the request.
     *
     * @param until the end by the clock of this node
     * @param left the time to the end
     */
    O onThisNode(Instant until, Duration left);
}
