package dev.pintle.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * A valid route: the JSON as it was written, and its meaning.
 *
 * @param json the document with its {@code id} and without nulls; never changed
 * @param spec the keys that identify the route
 * @param settings all other keys
 */
public record RouteDocument(String id, ObjectNode json, RouteSpec spec, Specs settings) {
    /** The requests that the route takes. */
    public MatchSpec match() {
        return Objects.requireNonNull(spec.match());
    }

    /** The requests that the route takes, as comparable text. */
    public String canonicalMatch() {
        return match().canonical();
    }
}
