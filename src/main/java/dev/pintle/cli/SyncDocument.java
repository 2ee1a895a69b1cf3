package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.DocumentKey;

/**
 * A document of a file that {@code sync} reads.
 *
 * @param source the file, and the place in it where it has several documents
 * @param kind as in a batch
 */
record SyncDocument(String source, String kind, JsonNode json) {
    DocumentKey key() {
        return isDefaults() ? DocumentKey.DEFAULTS : new DocumentKey(kind, id());
    }

    boolean isDefaults() {
        return kind.equals(DocumentKey.DEFAULTS.kind());
    }

    /** The id; empty for the defaults. */
    String id() {
        return json.path("id").asText();
    }
}
