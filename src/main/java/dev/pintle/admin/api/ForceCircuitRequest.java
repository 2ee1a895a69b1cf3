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
 * The body of a request to force the circuits of a route.
 *
 * @param duration the duration of the override
 * @param reason the operator's reason; may be empty
 */
record ForceCircuitRequest(State state, Duration duration, String reason) {
    private static final Set<String> KEYS = Set.of("state", "duration", "reason");
    private static final Duration MAX_DURATION = Duration.ofDays(30);
    private static final int MAX_REASON = 500;

    /** The requested state of the circuits. */
    enum State {
        OPEN,
        CLOSED,
        /** The circuits follow the results of their targets. */
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

    /** @throws InvalidSpecException with all violations */
    static ForceCircuitRequest read(JsonNode json) throws InvalidSpecException {
        List<Violation> violations = new ArrayList<>();
        if (!json.isObject()) {
            throw new InvalidSpecException(
                    List.of(new Violation("", "must be a JSON object with state, duration and reason")));
        }
        json.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                violations.add(new Violation(
                        JsonPointers.child("", key), "is not a known key; known here: state, duration, reason"));
            }
        });
        State state = State.of(json.path("state"));
        if (state == null) {
            violations.add(new Violation("/state", "must be \"open\", \"closed\" or \"auto\""));
        }
        JsonNode reason = json.path("reason");
        if (json.hasNonNull("reason") && !isReason(reason)) {
            violations.add(
                    new Violation("/reason", "must be a string of at most " + MAX_REASON + " characters, without NUL"));
        }
        Duration duration = state == State.AUTO ? Duration.ZERO : duration(json.path("duration"), violations);
        if (state == null || !violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return new ForceCircuitRequest(state, duration, json.hasNonNull("reason") ? reason.asText() : "");
    }

    /** Returns this request with another reason, unless it has one. */
    ForceCircuitRequest withReason(@Nullable String other) {
        return reason.isEmpty() && other != null ? new ForceCircuitRequest(state, duration, other) : this;
    }

    private static boolean isReason(JsonNode reason) {
        return reason.isTextual()
                && UnicodeText.isStorable(reason.textValue())
                && UnicodeText.length(reason.textValue()) <= MAX_REASON;
    }

    private static Duration duration(JsonNode node, List<Violation> violations) {
        Optional<Duration> duration = node.isTextual() ? Durations.parse(node.textValue()) : Optional.empty();
        boolean good = duration.filter(some -> some.isPositive() && some.compareTo(MAX_DURATION) <= 0)
                .isPresent();
        if (!good) {
            violations.add(
                    new Violation(
                            "/duration",
                            "must be a duration such as \"10m\", at most 30d, after which the circuits follow their targets again"));
        }
        return duration.orElse(Duration.ZERO);
    }
}
