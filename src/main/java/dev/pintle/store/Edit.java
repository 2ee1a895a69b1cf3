package dev.pintle.store;

import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.RouteDocument;

/** One wish to change the configuration. Several that are written together make one revision, or none at all. */
public sealed interface Edit {
    /** Creates the route, or replaces the one with its id. */
    record PutRoute(RouteDocument route, Precondition precondition) implements Edit {}

    /** Removes the route; with {@link Precondition.None} a route that is not there is a fault all the same. */
    record DeleteRoute(String id, Precondition precondition) implements Edit {}

    /** Replaces the defaults. */
    record PutDefaults(DefaultsDocument defaults, Precondition precondition) implements Edit {}

    /** Puts back a route byte for byte: another order of keys is a change. */
    record RestoreRoute(RouteDocument route) implements Edit {}

    /** Puts back the defaults byte for byte. */
    record RestoreDefaults(DefaultsDocument defaults) implements Edit {}
}
