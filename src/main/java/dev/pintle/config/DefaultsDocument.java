package dev.pintle.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A valid defaults document: its JSON and its parsed settings.
 *
 * @param json the document without nulls; never changed
 */
public record DefaultsDocument(ObjectNode json, Specs settings) implements ValidDocument {
    /** An empty document: the built-in values apply. */
    public static final DefaultsDocument NONE = new DefaultsDocument(JsonNodeFactory.instance.objectNode(), Specs.NONE);

    @Override
    public DocumentKey key() {
        return DocumentKey.DEFAULTS;
    }
}
