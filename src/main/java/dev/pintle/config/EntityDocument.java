package dev.pintle.config;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A valid document that routes refer to.
 *
 * @param json the document with its {@code id} and without nulls; never changed
 * @param spec the values of the document, and the built-in values where it has none
 */
public record EntityDocument(EntityKind kind, String id, ObjectNode json, Record spec) implements ValidDocument {
    @Override
    public DocumentKey key() {
        return kind.key(id);
    }
}
