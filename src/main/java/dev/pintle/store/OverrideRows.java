package dev.pintle.store;

import java.time.Duration;
import java.util.List;

/** A table of overrides with one row a route. PostgreSQL's clock decides when an override starts and ends. */
interface OverrideRows<O, R> {
    List<O> active();

    /** Replaces any other override of the route. */
    O begin(R request);

    /**
     * Replaces an override that was requested before this one; a later one stays.
     *
     * @param age the time since the request
     */
    void beginRetroactively(R request, Duration age);

    void end(String route);

    /**
     * Removes an override that was requested before this end; a later one stays.
     *
     * @param age the time since the request
     */
    void endRetroactively(String route, Duration age);
}
