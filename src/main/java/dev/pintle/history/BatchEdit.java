package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.DocumentKey;

/** One edit of a batch. */
public sealed interface BatchEdit {
    /** The JSON pointer to the value of the verb in the request. */
    String pointer();

    /** Creates or replaces a document. */
    record Put(String pointer, DocumentKey key, JsonNode document) implements BatchEdit {}

    /** Changes parts of a document by a JSON merge patch (RFC 7396). */
    record Patch(String pointer, DocumentKey key, JsonNode merge) implements BatchEdit {}

    /** Removes a document. */
    record Delete(String pointer, DocumentKey key) implements BatchEdit {}

    /** Replaces the defaults. */
    record Defaults(String pointer, JsonNode defaults) implements BatchEdit {}
}
