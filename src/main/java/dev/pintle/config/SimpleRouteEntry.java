package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of the flat table: {@code {"backend": "http://localhost:5001", "timeout": 3, "retries": 2, "rate_limit": 100,
 * "circuit_threshold": 5, "circuit_cooldown": 30}}. Times are in seconds, fractions allowed; the limit is in requests a minute
 * for each client. Values are carried over as they stand, so that the rules of routes judge them; what those find is then
 * traced back to the row. Used once.
 */
final class SimpleRouteEntry {
    private static final List<String> KEYS =
            List.of("backend", "timeout", "retries", "rate_limit", "circuit_threshold", "circuit_cooldown");

    /** What the parts of a route were made of. */
    private static final Map<String, String> ORIGINS = Map.of(
            "/match", "",
            "/upstream", "/backend",
            "/timeout", "/timeout",
            "/retry", "/retries",
            "/rateLimit", "/rate_limit",
            "/circuitBreaker/consecutiveFailures", "/circuit_threshold",
            "/circuitBreaker/cooldown", "/circuit_cooldown");

    /** Far beyond what the rules allow, far below what a duration can hold. */
    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(1_000_000_000);

    /** What the total time has beyond the attempts, for the pauses between them. */
    private static final Duration PAUSES = Duration.ofSeconds(1);

    private final JsonNode row;
    private final List<Violation> violations = new ArrayList<>();

    SimpleRouteEntry(JsonNode row) {
        this.row = row;
    }

    /** @throws InvalidSpecException with every fault of the row, and pointers into it */
    RouteDocument route(String id, String path) throws InvalidSpecException {
        if (!row.isObject()) {
            throw new InvalidSpecException(List.of(
                    new Violation("", "must be a JSON object such as {\"backend\": \"http://localhost:5001\"}")));
        }
        refuseUnknownKeys();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id);
        json.putObject("match").put("path", path);
        copy("backend", json.putObject("upstream").putArray("targets").addObject(), "url");
        timeout(json);
        retry(json);
        rateLimit(json);
        breaker(json);
        return checked(json);
    }

    private RouteDocument checked(ObjectNode json) throws InvalidSpecException {
        try {
            RouteDocument route = RouteDocument.read(json);
            if (violations.isEmpty()) {
                return route;
            }
        } catch (InvalidSpecException e) {
            e.violations().forEach(violation -> violations.add(tracedBack(violation)));
        }
        throw new InvalidSpecException(violations.stream().distinct().toList());
    }

    private void refuseUnknownKeys() {
        row.fieldNames().forEachRemaining(name -> {
            if (!KEYS.contains(name)) {
                violations.add(new Violation(
                        JsonPointers.child("", name), "is not a known key; known here: " + String.join(", ", KEYS)));
            }
        });
    }

    private void timeout(ObjectNode json) {
        Duration attempt = seconds("timeout");
        if (attempt != null) {
            Duration total = attempt.multipliedBy(retries() + 1L).plus(PAUSES);
            json.putObject("timeout").put("attempt", Durations.format(attempt)).put("total", Durations.format(total));
        }
    }

    /** As many as the route will have, as far as a rule allows it. */
    private int retries() {
        RetrySpec builtIn = Objects.requireNonNull(BuiltInDefaults.VALUES.retry());
        int retries = row.path("retries").asInt(Objects.requireNonNull(builtIn.max()));
        return Math.clamp(retries, 0, 10);
    }

    private void retry(ObjectNode json) {
        if (row.hasNonNull("retries")) {
            copy("retries", json.putObject("retry"), "max");
        }
    }

    private void rateLimit(ObjectNode json) {
        if (row.hasNonNull("rate_limit")) {
            ObjectNode limit = json.putObject("rateLimit");
            copy("rate_limit", limit, "requests");
            limit.put("per", "1m");
            copy("rate_limit", limit, "burst");
            limit.put("key", "client");
        }
    }

    private void breaker(ObjectNode json) {
        if (row.hasNonNull("circuit_threshold") || row.hasNonNull("circuit_cooldown")) {
            ObjectNode breaker = json.putObject("circuitBreaker");
            copy("circuit_threshold", breaker, "consecutiveFailures");
            Duration cooldown = seconds("circuit_cooldown");
            if (cooldown != null) {
                breaker.put("cooldown", Durations.format(cooldown));
            }
        }
    }

    private void copy(String key, ObjectNode to, String name) {
        if (row.hasNonNull(key)) {
            to.set(name, row.get(key));
        }
    }

    private @Nullable Duration seconds(String key) {
        if (!row.hasNonNull(key)) {
            return null;
        }
        JsonNode value = row.path(key);
        BigDecimal seconds = value.isNumber() && Double.isFinite(value.doubleValue())
                ? value.decimalValue()
                : BigDecimal.ONE.negate();
        if (seconds.signum() <= 0 || seconds.compareTo(MOST_SECONDS) > 0) {
            violations.add(new Violation(
                    '/' + key, "must be a number of seconds above 0; it is " + Truncated.of(value.toString())));
            return null;
        }
        return Duration.ofMillis(
                seconds.movePointRight(3).setScale(0, RoundingMode.UP).longValueExact());
    }

    /** A fault of the route as the fault of the row that it is. */
    private static Violation tracedBack(Violation violation) {
        String origin = ORIGINS.entrySet().stream()
                .filter(part -> violation.pointer().startsWith(part.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        return new Violation(origin, violation.message());
    }
}
