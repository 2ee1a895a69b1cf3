package dev.pintle.admin;

import com.fasterxml.jackson.databind.JsonNode;

/** One answer of introspection, whichever port it goes out by. */
record Page(int status, String mediaType, String content) {
    static Page json(int status, JsonNode json) {
        return new Page(status, "application/json", json.toString());
    }
}
