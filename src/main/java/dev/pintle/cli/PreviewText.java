package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Formats the response to a dry run for a terminal: changes with their patches, effective changes, findings of the
 * lint.
 */
final class PreviewText {
    private PreviewText() {}

    static String of(JsonNode answer) {
        JsonNode changes = answer.path("changes");
        if (changes.isEmpty()) {
            return "No differences.\n";
        }
        StringBuilder text = new StringBuilder();
        changes.forEach(change -> addChange(change, text));
        text.append(EffectiveText.of(answer.path("effective")));
        JsonNode lint = answer.path("lint");
        if (!lint.isEmpty()) {
            text.append("\nLint:\n").append(FindingText.of(lint));
        }
        return text.toString();
    }

    private static void addChange(JsonNode change, StringBuilder text) {
        text.append(PlainText.of(ChangeText.of(change))).append('\n');
        if (change.path("op").asText().equals("update")) {
            change.path("patch")
                    .forEach(operation -> text.append(
                                    PlainText.of("  " + operation.path("op").asText() + ' '
                                            + operation.path("path").asText()
                                            + (operation.has("value") ? " " + operation.path("value") : "")))
                            .append('\n'));
        }
    }
}
