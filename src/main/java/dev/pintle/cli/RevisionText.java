package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Parts of a revision in words. */
final class RevisionText {
    private RevisionText() {}

    /** When it was written, to the second, in UTC. */
    static String time(JsonNode revision) {
        return Instant.parse(revision.path("at").asText())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    /** How it came to be, such as {@code revert of 42}. */
    static String cause(JsonNode revision) {
        String cause = revision.path("cause").asText();
        return revision.has("causeRevision")
                ? cause + " of " + revision.path("causeRevision").asLong()
                : cause;
    }
}
