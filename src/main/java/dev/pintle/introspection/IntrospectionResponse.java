package dev.pintle.introspection;

import com.fasterxml.jackson.databind.JsonNode;

/** A response of introspection, on the gateway port or the admin port. */
public record IntrospectionResponse(int status, String mediaType, String content) {
    static IntrospectionResponse json(int status, JsonNode json) {
        return new IntrospectionResponse(status, "application/json", json.toString());
    }
}
