package dev.pintle.store;

import java.time.Duration;

/**
 * An operator's temporary decision about a route, outside revisions.
 *
 * @param <O> the kind of override
 */
public interface RouteOverride<O> {
    /** The id of the route, or a name for all routes. */
    String route();

    /** The time to the end when the override was read. */
    Duration left();

    /** Returns this override with another time to its end. */
    O withLeft(Duration other);
}
