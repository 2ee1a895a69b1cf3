package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a simple route file: {@code {"backend": "http://localhost:5001", "timeout": 3, "retries": 2,
 * "rate_limit": 100, "circuit_threshold": 5, "circuit_cooldown": 30}}.
 *
 * <p>Times are in seconds and may have fractions. The rate limit is in requests per minute and client. The entry copies
 * values unchanged, so that the rules of routes apply, and maps the violations back to its own keys. Used once.
 */
final class SimpleRouteEntry {
    private static final List<String> KEYS =
            List.of("backend", "timeout", "retries", "rate_limit", "circuit_threshold", "circuit_cooldown");

    /** Maps pointers into the route to keys of the entry. */
    private static final Map<String, String> SOURCES = Map.of(
            "/match", "",
            "/upstream", "/backend",
            "/timeout", "/timeout",
            "/retry", "/retries",
            "/rateLimits", "/rate_limit",
            "/circuitBreaker/consecutiveFailures", "/circuit_threshold",
            "/circuitBreaker/cooldown", "/circuit_cooldown");

    /** Exceeds every limit of the rules and fits into a duration. */
    private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(1_000_000_000);

    private static final int MAX_RETRIES = 10;

    /** The part of the total time for the pauses between attempts. */
    private static final Duration PAUSES = Duration.ofSeconds(1);

    private final JsonNode entry;
    private final DocumentValidator validator;
    private final Violations violations = new Violations();

    SimpleRouteEntry(JsonNode entry, DocumentValidator validator) {
        this.entry = entry;
        this.validator = validator;
    }

    /**
     * Converts the entry to a route.
     *
     * @throws InvalidSpecException with all violations of the entry and pointers into it
     */
    RouteDocument route(String id, String path) throws InvalidSpecException {
        if (!entry.isObject()) {
            throw new InvalidSpecException(List.of(
                    new Violation("", "must be a JSON object such as {\"backend\": \"http://localhost:5001\"}")));
        }
        rejectUnknownKeys();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id);
        json.putObject("match").put("path", path);
        copy("backend", json.putObject("upstream").putArray("targets").addObject(), "url");
        timeout(json);
        if (entry.hasNonNull("retries")) {
            copy("retries", json.putObject("retry"), "max");
        }
        rateLimits(json);
        circuitBreaker(json);
        return validated(json);
    }

    private RouteDocument validated(ObjectNode json) throws InvalidSpecException {
        try {
            RouteDocument route = validator.route(json);
            if (violations.found().isEmpty()) {
                return route;
            }
        } catch (InvalidSpecException e) {
            e.violations().forEach(violation -> violations.add(source(violation.pointer()), violation.message()));
        }
        throw new InvalidSpecException(violations.found().stream().distinct().toList());
    }

    private void rejectUnknownKeys() {
        entry.fieldNames().forEachRemaining(name -> {
            if (!KEYS.contains(name)) {
                violations.add(
                        JsonPointers.child("", name), "is not a known key; known here: " + String.join(", ", KEYS));
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

    /** Returns the retries of the route, limited to the allowed range. */
    private int retries() {
        int builtIn = validator.documents().schema().builtIn().at("/retry/max").intValue();
        return Math.clamp(entry.path("retries").asInt(builtIn), 0, MAX_RETRIES);
    }

    private void rateLimits(ObjectNode json) {
        if (entry.hasNonNull("rate_limit")) {
            ObjectNode limit = json.putArray("rateLimits").addObject();
            copy("rate_limit", limit, "requests");
            limit.put("per", "1m");
            copy("rate_limit", limit, "burst");
            limit.put("key", "client");
        }
    }

    private void circuitBreaker(ObjectNode json) {
        if (entry.hasNonNull("circuit_threshold") || entry.hasNonNull("circuit_cooldown")) {
            ObjectNode circuitBreaker = json.putObject("circuitBreaker");
            copy("circuit_threshold", circuitBreaker, "consecutiveFailures");
            Duration cooldown = seconds("circuit_cooldown");
            if (cooldown != null) {
                circuitBreaker.put("cooldown", Durations.format(cooldown));
            }
        }
    }

    private void copy(String key, ObjectNode to, String name) {
        if (entry.hasNonNull(key)) {
            to.set(name, entry.get(key));
        }
    }

    private @Nullable Duration seconds(String key) {
        if (!entry.hasNonNull(key)) {
            return null;
        }
        JsonNode value = entry.path(key);
        BigDecimal seconds = value.isNumber() && Double.isFinite(value.doubleValue())
                ? value.decimalValue()
                : BigDecimal.ONE.negate();
        if (seconds.signum() <= 0 || seconds.compareTo(MAX_SECONDS) > 0) {
            violations.add('/' + key, "must be a number of seconds above 0; it is " + Truncated.of(value.toString()));
            return null;
        }
        return Duration.ofMillis(
                seconds.movePointRight(3).setScale(0, RoundingMode.UP).longValueExact());
    }

    private static String source(String pointer) {
        return SOURCES.entrySet().stream()
                .filter(part -> pointer.startsWith(part.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
