package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;

/** Formats a problem of the admin API for a terminal. */
final class ProblemText {
    private ProblemText() {}

    static String of(int status, JsonNode problem) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(PlainText.of(problem.path("detail").asText("The admin API answered " + status + ".")));
        problem.path("violations")
                .forEach(violation ->
                        lines.add("  " + PlainText.of(violation.path("pointer").asText()) + ": "
                                + PlainText.of(violation.path("message").asText())));
        problem.path("changes")
                .forEach(change ->
                        lines.add("  revision " + change.path("revision").asLong() + " by "
                                + PlainText.of(change.path("author").asText()) + ": " + ChangeText.of(change)));
        return lines.toString();
    }
}
