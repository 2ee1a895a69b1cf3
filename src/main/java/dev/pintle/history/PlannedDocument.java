package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.DocumentKey;
import org.jspecify.annotations.Nullable;

/**
 * One document that results from a plan.
 *
 * @param pointer the JSON pointer to the document in the operator's request or revision, as the prefix of violations
 * @param subject the prefix of messages when the pointer does not name the document; otherwise empty
 * @param json null when the document is deleted
 */
public record PlannedDocument(
        String pointer,
        String subject,
        String kind,
        String id,
        @Nullable JsonNode json) {
    public boolean isRoute() {
        return kind.equals(DocumentDelta.ROUTE);
    }

    public boolean isDefaults() {
        return kind.equals(DocumentDelta.DEFAULTS);
    }

    public DocumentKey key() {
        return new DocumentKey(kind, id);
    }
}
