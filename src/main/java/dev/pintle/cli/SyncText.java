package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Formats the response to a written batch for a terminal. */
final class SyncText {
    private SyncText() {}

    static String of(JsonNode answer) {
        JsonNode changes = answer.path("changes");
        long revision = answer.path("revision").asLong();
        if (changes.isArray() && changes.isEmpty()) {
            return "Nothing to do: revision " + revision + " equals the files.\n";
        }
        StringBuilder text = new StringBuilder("Revision " + revision);
        text.append(changes.isEmpty() ? " is written" : ": " + ChangeText.of(changes, changes.size()));
        text.append(".\n");
        if (answer.has("revertsAt")) {
            text.append("It reverts at ")
                    .append(PlainText.of(answer.path("revertsAt").asText()))
                    .append(" unless you confirm it: bin/pintle confirm ")
                    .append(revision)
                    .append('\n');
        }
        return text.append(WaitOption.text(answer)).toString();
    }
}
