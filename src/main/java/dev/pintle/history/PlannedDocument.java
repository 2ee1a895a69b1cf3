package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One document as a plan leaves it.
 *
 * @param pointer the place of the document in what the operator knows; violations are reported below it
 * @param subject what messages begin with where the pointer does not name the document; empty where it does
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
}
