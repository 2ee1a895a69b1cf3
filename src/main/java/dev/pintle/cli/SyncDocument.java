package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A document of a file that {@code sync} reads.
 *
 * @param source the file, and the place in it where it has several documents
 * @param kind as in a batch: {@code route}, {@code consumer} or {@code defaults}
 */
record SyncDocument(String source, String kind, JsonNode json) {
    static final String ROUTE = "route";
    static final String CONSUMER = "consumer";
    static final String DEFAULTS = "defaults";

    boolean isRoute() {
        return kind.equals(ROUTE);
    }

    /** The id; empty for the defaults. */
    String id() {
        return json.path("id").asText();
    }
}
