package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Durations;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.JsonPointers;
import dev.pintle.config.UnicodeText;
import dev.pintle.config.Violation;
import dev.pintle.config.Violations;
import dev.pintle.http.CidrSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The body of a request that closes a route.
 *
 * @param reason may be empty
 */
record MaintenanceBody(Duration duration, String reason, List<String> allow) {
    private static final Set<String> KEYS = Set.of("duration", "reason", "allow");
    private static final Duration MAX_DURATION = Duration.ofDays(30);
    private static final int MAX_REASON = 500;
    private static final int MAX_ALLOW = 1_000;

    /** @throws InvalidSpecException with all violations */
    static MaintenanceBody read(JsonNode json) throws InvalidSpecException {
        if (!json.isObject()) {
            throw new InvalidSpecException(
                    List.of(new Violation("", "must be a JSON object with duration, reason and allow")));
        }
        Violations violations = new Violations();
        json.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                violations.add(JsonPointers.child("", key), "is not a known key; known here: duration, reason, allow");
            }
        });
        MaintenanceBody body =
                new MaintenanceBody(duration(json, violations), reason(json, violations), allow(json, violations));
        if (!violations.found().isEmpty()) {
            throw new InvalidSpecException(violations.found());
        }
        return body;
    }

    private static Duration duration(JsonNode json, Violations violations) {
        Optional<Duration> duration = Durations.parse(json.path("duration").asText());
        if (!json.path("duration").isTextual()
                || duration.filter(time -> time.isPositive() && time.compareTo(MAX_DURATION) <= 0)
                        .isEmpty()) {
            violations.add("/duration", "must be a duration such as \"30m\", longer than 0s and at most 30d");
        }
        return duration.orElse(Duration.ZERO);
    }

    private static String reason(JsonNode json, Violations violations) {
        JsonNode reason = json.path("reason");
        boolean given = json.hasNonNull("reason");
        if (given
                && (!reason.isTextual()
                        || !UnicodeText.isStorable(reason.textValue())
                        || UnicodeText.length(reason.textValue()) > MAX_REASON)) {
            violations.add("/reason", "must be a string of at most " + MAX_REASON + " characters, without NUL");
        }
        return given ? reason.asText() : "";
    }

    private static List<String> allow(JsonNode json, Violations violations) {
        JsonNode list = json.path("allow");
        List<String> allow = new ArrayList<>();
        if (json.hasNonNull("allow") && (!list.isArray() || list.size() > MAX_ALLOW)) {
            violations.add("/allow", "must be a list of at most " + MAX_ALLOW + " addresses and CIDR blocks");
            return allow;
        }
        for (int i = 0; i < list.size(); i++) {
            String block = list.get(i).asText();
            if (list.get(i).isTextual() && CidrSet.isBlock(block)) {
                allow.add(block);
            } else {
                violations.add("/allow/" + i, "must be an IP address or a CIDR block such as 10.0.0.0/8");
            }
        }
        return allow;
    }
}
