package dev.pintle.store;

import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.RouteDocument;

/** One requested change of the configuration. Edits that are written together create one revision or none. */
public sealed interface Edit {
    /** Creates the route, or replaces the one with its id. */
    record PutRoute(RouteDocument route, Precondition precondition) implements Edit {}

    /** Removes the route. A missing route is an error even with {@link Precondition.None}. */
    record DeleteRoute(String id, Precondition precondition) implements Edit {}

    /** Replaces the defaults. */
    record PutDefaults(DefaultsDocument defaults, Precondition precondition) implements Edit {}

    /** Restores a route byte for byte: another order of keys is a change. */
    record RestoreRoute(RouteDocument route) implements Edit {}

    /** Restores the defaults byte for byte. */
    record RestoreDefaults(DefaultsDocument defaults) implements Edit {}
}
