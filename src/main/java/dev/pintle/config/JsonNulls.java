package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Removes nulls from documents: a key whose value is null counts as absent. */
final class JsonNulls {
    private JsonNulls() {}

    /** Returns the document without keys whose value is null; the same instance when it has none. */
    static ObjectNode withoutNulls(ObjectNode document) {
        return hasNull(document) ? drop(document.deepCopy()) : document;
    }

    private static boolean hasNull(JsonNode node) {
        return node.valueStream().anyMatch(child -> child.isNull() || hasNull(child));
    }

    private static <N extends JsonNode> N drop(N node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(property -> property.getValue().isNull());
        }
        node.forEach(JsonNulls::drop);
        return node;
    }
}
