package dev.pintle.guard;

import dev.pintle.config.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the bounds of a guard from text. */
final class GuardBoundsReader {
    private static final long DEFAULT_AT_LEAST = 50;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final String ERRORS = "errors";
    private static final String P99 = "p99";
    private static final String AT_LEAST = "atLeast";
    private static final Set<String> NAMES = Set.of(ERRORS, P99, AT_LEAST);

    private GuardBoundsReader() {}

    static GuardBounds read(String text) {
        Map<String, String> values = new HashMap<>();
        for (String part : text.split(";", -1)) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length < 2 || !NAMES.contains(pair[0])) {
                throw new IllegalArgumentException("has the bound \"" + part.strip()
                        + "\"; the bounds are errors=2%, p99=800ms and atLeast=50, separated by semicolons");
            }
            if (values.put(pair[0], pair[1]) != null) {
                throw new IllegalArgumentException("has the bound " + pair[0] + " twice; remove one");
            }
        }
        GuardBounds bounds =
                new GuardBounds(errors(values.get(ERRORS)), p99(values.get(P99)), atLeast(values.get(AT_LEAST)));
        if (bounds.errors() == null && bounds.p99() == null) {
            throw new IllegalArgumentException("has atLeast without a bound; add one, such as p99=800ms");
        }
        return bounds;
    }

    private static @Nullable BigDecimal errors(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,2}(\\.[0-9]{1,3})?%")) {
            throw new IllegalArgumentException("must have errors as a percentage below 100, such as errors=2%");
        }
        return new BigDecimal(text.substring(0, text.length() - 1));
    }

    private static @Nullable Duration p99(@Nullable String text) {
        return text == null
                ? null
                : Durations.parse(text)
                        .filter(time -> time.isPositive() && time.compareTo(LONGEST) <= 0)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "must have p99 as a duration from 1ms to 1m, such as p99=800ms"));
    }

    private static long atLeast(@Nullable String text) {
        if (text == null) {
            return DEFAULT_AT_LEAST;
        }
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("must have atLeast as a number of requests from 1, such as atLeast=50");
        }
        return Long.parseLong(text);
    }
}
