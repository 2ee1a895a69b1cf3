package dev.pintle.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * A valid route document: its JSON and its parsed settings.
 *
 * @param json the document with its {@code id} and without nulls; never changed
 * @param spec the keys that identify the route
 * @param settings all other keys
 */
public record RouteDocument(String id, ObjectNode json, RouteSpec spec, Specs settings) implements ValidDocument {
    @Override
    public DocumentKey key() {
        return DocumentKey.route(id);
    }

    /** The requests that the route matches. */
    public MatchSpec match() {
        return Objects.requireNonNull(spec.match());
    }

    /** The requests that the route matches, as comparable text. */
    public String canonicalMatch() {
        return match().canonical();
    }
}
