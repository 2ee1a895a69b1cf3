package dev.pintle.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Valid defaults: the JSON as it was written, and its meaning.
 *
 * @param json the document without nulls; never changed
 */
public record DefaultsDocument(ObjectNode json, Specs settings) {
    /** An empty document: the built-in values apply. */
    public static final DefaultsDocument NONE = new DefaultsDocument(JsonNodeFactory.instance.objectNode(), Specs.NONE);
}
