package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;

/** Formats changes of documents as text. */
final class ChangeText {
    private static final int SHOWN = 3;

    private ChangeText() {}

    /** Formats one change, such as {@code update route users}. */
    static String of(JsonNode change) {
        String kind = change.path("kind").asText();
        String id = change.path("id").asText();
        return change.path("op").asText() + ' ' + (kind.equals(id) ? kind : kind + ' ' + id);
    }

    /** Formats the first changes of a list and the number of the others. */
    static String of(JsonNode changes, int count) {
        StringJoiner text = new StringJoiner(", ");
        changes.valueStream().limit(SHOWN).forEach(change -> text.add(of(change)));
        return count > SHOWN ? text + " and " + (count - SHOWN) + " more" : text.toString();
    }
}
