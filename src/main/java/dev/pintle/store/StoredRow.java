package dev.pintle.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.config.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A document as stored in a row. The API writes valid documents only; a manually edited row may contain any JSON that
 * PostgreSQL accepts.
 *
 * @param revision the revision that wrote it
 * @param json null when the text is unreadable
 * @param fault the reason why the text is unreadable; empty when it is readable
 */
record StoredRow(long revision, String text, @Nullable ObjectNode json, String fault) {
    static StoredRow of(long revision, ObjectNode json) {
        return new StoredRow(revision, json.toString(), json, "");
    }

    /** Parses by the rules for request bodies: bounded nesting and numbers, no duplicate keys. */
    static StoredRow read(long revision, String text) {
        try {
            JsonNode json = StrictJson.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            if (json instanceof ObjectNode object) {
                return new StoredRow(revision, text, object, "");
            }
            String type = json.getNodeType().name().toLowerCase(Locale.ROOT);
            return new StoredRow(revision, text, null, "must be a JSON object, not of type " + type);
        } catch (MalformedJsonException e) {
            return new StoredRow(revision, text, null, String.valueOf(e.getMessage()));
        } catch (InvalidSpecException e) {
            return new StoredRow(revision, text, null, e.violations().getFirst().message());
        } catch (IOException e) {
            throw new UncheckedIOException("an in-memory stream failed", e);
        }
    }

    boolean holds(ObjectNode document) {
        return document.equals(json);
    }
}
