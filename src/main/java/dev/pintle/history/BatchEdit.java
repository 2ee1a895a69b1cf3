package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;

/** One edit of a batch. */
public sealed interface BatchEdit {
    /** The JSON pointer to the value of the verb in the request. */
    String pointer();

    /** Creates or replaces a route. */
    record Put(String pointer, String id, JsonNode route) implements BatchEdit {}

    /** Changes parts of a route by a JSON merge patch (RFC 7396). */
    record Patch(String pointer, String id, JsonNode merge) implements BatchEdit {}

    /** Removes a route. */
    record Delete(String pointer, String id) implements BatchEdit {}

    /** Replaces the defaults. */
    record Defaults(String pointer, JsonNode defaults) implements BatchEdit {}
}
