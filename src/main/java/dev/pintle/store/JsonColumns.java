package dev.pintle.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Documents as the text of a column, and back. */
final class JsonColumns {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonColumns() {}

    static @Nullable String text(@Nullable ObjectNode document) {
        return document == null ? null : document.toString();
    }

    static ObjectNode read(String text) {
        try {
            return JSON.readValue(text, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL holds a document that is no JSON object: " + e.getMessage(), e);
        }
    }
}
