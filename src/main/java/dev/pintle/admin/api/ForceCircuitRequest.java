package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Durations;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.JsonPointers;
import dev.pintle.config.UnicodeText;
import dev.pintle.config.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator writes to force the circuits of a route.
 *
 * @param length for how long
 * @param reason may be empty
 */
record ForceCircuitRequest(State state, Duration length, String reason) {
    private static final Set<String> KEYS = Set.of("state", "duration", "reason");
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int LONGEST_REASON = 500;

    /** What the circuits do. */
    enum State {
        OPEN,
        CLOSED,
        /** What their targets make them do. */
        AUTO;

        private static @Nullable State of(JsonNode node) {
            return switch (node.isTextual() ? node.textValue() : "") {
                case "open" -> OPEN;
                case "closed" -> CLOSED;
                case "auto" -> AUTO;
                default -> null;
            };
        }
    }

    /** @throws InvalidSpecException with every fault */
    static ForceCircuitRequest read(JsonNode json) throws InvalidSpecException {
        List<Violation> faults = new ArrayList<>();
        if (!json.isObject()) {
            throw new InvalidSpecException(
                    List.of(new Violation("", "must be a JSON object with state, duration and reason")));
        }
        json.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                faults.add(new Violation(
                        JsonPointers.child("", key), "is not a known key; known here: state, duration, reason"));
            }
        });
        State state = State.of(json.path("state"));
        if (state == null) {
            faults.add(new Violation("/state", "must be \"open\", \"closed\" or \"auto\""));
        }
        JsonNode reason = json.path("reason");
        if (json.hasNonNull("reason") && !isReason(reason)) {
            faults.add(new Violation(
                    "/reason", "must be a string of at most " + LONGEST_REASON + " characters, without NUL"));
        }
        Duration length = state == State.AUTO ? Duration.ZERO : length(json.path("duration"), faults);
        if (state == null || !faults.isEmpty()) {
            throw new InvalidSpecException(faults);
        }
        return new ForceCircuitRequest(state, length, json.hasNonNull("reason") ? reason.asText() : "");
    }

    /** The same for that reason, if it gives none of its own. */
    ForceCircuitRequest because(@Nullable String other) {
        return reason.isEmpty() && other != null ? new ForceCircuitRequest(state, length, other) : this;
    }

    private static boolean isReason(JsonNode reason) {
        return reason.isTextual()
                && UnicodeText.isStorable(reason.textValue())
                && UnicodeText.length(reason.textValue()) <= LONGEST_REASON;
    }

    private static Duration length(JsonNode node, List<Violation> faults) {
        Optional<Duration> length = node.isTextual() ? Durations.parse(node.textValue()) : Optional.empty();
        boolean good = length.filter(some -> some.isPositive() && some.compareTo(LONGEST) <= 0)
                .isPresent();
        if (!good) {
            faults.add(
                    new Violation(
                            "/duration",
                            "must be a duration such as \"10m\", at most 30d, after which the circuits follow their targets again"));
        }
        return length.orElse(Duration.ZERO);
    }
}
