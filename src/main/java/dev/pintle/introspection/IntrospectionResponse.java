package dev.pintle.introspection;

import com.fasterxml.jackson.databind.JsonNode;

/** One answer of introspection, whichever port it goes out by. */
public record IntrospectionResponse(int status, String mediaType, String content) {
    static IntrospectionResponse json(int status, JsonNode json) {
        return new IntrospectionResponse(status, "application/json", json.toString());
    }
}
