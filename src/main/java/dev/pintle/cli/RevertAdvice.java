package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;

/** The commands that show and resolve a conflict between a revert and later changes, each on a line of its own. */
final class RevertAdvice {
    private RevertAdvice() {}

    /** @param later the later changes, the earliest first */
    static String ofReverted(JsonNode later) {
        return "\nShow the latest of them: bin/pintle show " + latest(later);
    }

    /**
     * @param revision the number of the revision to revert
     * @param later the later changes, the earliest first
     */
    static String ofConflict(String revision, JsonNode later) {
        String advice = ofReverted(later) + "\nRevert it first: bin/pintle revert " + latest(later);
        long before = Long.parseLong(revision) - 1;
        String routes = later.valueStream()
                .filter(change -> change.path("kind").asText().equals("route"))
                .map(change -> PlainText.of(change.path("id").asText()))
                .distinct()
                .collect(Collectors.joining(","));
        return before == 0 || routes.isEmpty()
                ? advice
                : advice + "\nOr restore what revision " + before + " had: bin/pintle restore " + before + " --routes "
                        + routes;
    }

    private static long latest(JsonNode later) {
        return later.path(later.size() - 1).path("revision").asLong();
    }
}
