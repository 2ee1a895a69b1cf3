package dev.pintle.store;

import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.RouteDocument;

/** One wish to change the configuration. Several that are written together make one revision, or none at all. */
public sealed interface Edit {
    /** What must hold of the stored document for the edit to be made. */
    Precondition precondition();

    /** Creates the route, or replaces the one with its id. */
    record PutRoute(RouteDocument route, Precondition precondition) implements Edit {}

    /** Removes the route; with {@link Precondition.None} a route that is not there is a fault all the same. */
    record DeleteRoute(String id, Precondition precondition) implements Edit {}

    /** Replaces the defaults. */
    record PutDefaults(DefaultsDocument defaults, Precondition precondition) implements Edit {}
}
