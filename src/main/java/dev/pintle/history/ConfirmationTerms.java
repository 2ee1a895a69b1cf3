package dev.pintle.history;

import dev.pintle.config.Durations;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a revision that reverts unless it is confirmed, such as {@code 2m; errors=2%; p99=800ms; atLeast=50}.
 *
 * @param within the time until it reverts
 * @param guard reverts it earlier; null without one
 */
public record ConfirmationTerms(Duration within, @Nullable TrafficGuard guard) {
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final long AT_LEAST = 50;
    private static final Set<String> KEYS = Set.of("errors", "p99", "atLeast");

    /**
     * Reads the terms.
     *
     * @throws IllegalArgumentException with a sentence about what is wrong
     */
    public static ConfirmationTerms parse(String text) {
        String[] parts = text.split(";", -1);
        Duration within = Durations.parse(parts[0].strip())
                .filter(time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new IllegalArgumentException(
                        "must begin with a duration from 10s to 1h, such as 2m; errors=2%; p99=800ms; atLeast=50"));
        Map<String, String> bounds = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] bound = parts[i].strip().split("=", 2);
            if (bound.length < 2 || !KEYS.contains(bound[0]) || bounds.put(bound[0], bound[1]) != null) {
                throw new IllegalArgumentException(
                        "has errors=, p99= and atLeast= after its duration, each once at most");
            }
        }
        return new ConfirmationTerms(within, bounds.isEmpty() ? null : guard(bounds));
    }

    /** Reads the guard of stored terms; a guard of another version is none. */
    public static Optional<TrafficGuard> storedGuard(String text) {
        try {
            return Optional.ofNullable(parse("1h; " + text).guard());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static TrafficGuard guard(Map<String, String> bounds) {
        String errors = bounds.get("errors");
        String p99 = bounds.get("p99");
        String atLeast = bounds.get("atLeast");
        if (errors == null && p99 == null) {
            throw new IllegalArgumentException("needs errors= or p99= beside atLeast=");
        }
        return new TrafficGuard(
                errors == null ? null : share(errors),
                p99 == null ? null : time(p99),
                atLeast == null ? AT_LEAST : count(atLeast));
    }

    private static double share(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,2})?%")) {
            throw new IllegalArgumentException("must have errors from 0% to 100%, such as errors=2%");
        }
        double share = Double.parseDouble(text.substring(0, text.length() - 1)) / 100;
        if (share > 1) {
            throw new IllegalArgumentException("must have errors from 0% to 100%, such as errors=2%");
        }
        return share;
    }

    private static Duration time(String text) {
        return Durations.parse(text)
                .filter(time -> time.isPositive() && time.compareTo(Duration.ofMinutes(1)) <= 0)
                .orElseThrow(() -> new IllegalArgumentException("must have a p99 from 1ms to 1m, such as p99=800ms"));
    }

    private static long count(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("must have a positive number in atLeast, such as atLeast=50");
        }
        return Long.parseLong(text);
    }
}
