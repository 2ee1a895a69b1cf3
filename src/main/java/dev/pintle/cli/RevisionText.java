package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Formats parts of a revision as text. */
final class RevisionText {
    private RevisionText() {}

    /** The time of the write in UTC, to the second. */
    static String time(JsonNode revision) {
        return time(revision, "at");
    }

    /** The time in a member of an answer. */
    static String time(JsonNode answer, String member) {
        return Instant.parse(answer.path(member).asText())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    /** The cause, such as {@code revert of 42}. */
    static String cause(JsonNode revision) {
        String cause = revision.path("cause").asText();
        return revision.has("causeRevision")
                ? cause + " of " + revision.path("causeRevision").asLong()
                : cause;
    }
}
