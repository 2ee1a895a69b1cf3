package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.Violation;

/** The ids of documents in requests, which also have them in their path. */
final class DocumentIds {
    private static final String ID = "id";

    private DocumentIds() {}

    /** Whether a document has an id. */
    static boolean hasId(JsonNode json) {
        return json.hasNonNull(ID);
    }

    /** Returns the document with the id as its first key, unless it has one. */
    static JsonNode withId(JsonNode json, String id) {
        if (hasId(json) || !(json instanceof ObjectNode object)) {
            return json;
        }
        ObjectNode withId = JsonNodeFactory.instance.objectNode().put(ID, id);
        object.properties().stream()
                .filter(property -> !property.getKey().equals(ID))
                .forEach(property -> withId.set(property.getKey(), property.getValue()));
        return withId;
    }

    /** The violation of a document with another id than the path. */
    static Violation mismatch(String id) {
        return new Violation("/id", "must be \"" + id + "\", as in the path of the request, or absent");
    }

    /** The problem of a new document whose id another one has. */
    static ApiException taken(DocumentKey key) {
        return new ApiException(
                ApiErrorCode.ID_TAKEN, key.subject() + " already exists; choose another id, or replace it with PUT.");
    }
}
