package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Effective changes as lines for a terminal. */
final class EffectiveText {
    private EffectiveText() {}

    /** Returns the lines after an empty one; empty when no effective setting changes. */
    static String of(JsonNode effective) {
        if (effective.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\nEffective changes: " + effective.size() + '\n');
        effective.forEach(change -> text.append(PlainText.of("  "
                        + change.path("route").asText() + ' '
                        + change.path("pointer").asText() + ": " + change.path("from") + " -> "
                        + change.path("to") + " (" + change.path("origin").asText() + ')'))
                .append('\n'));
        return text.toString();
    }
}
