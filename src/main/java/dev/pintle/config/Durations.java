package dev.pintle.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats and parses durations: a whole number and a unit, such as {@code 250ms}, {@code 3s}, {@code 1m}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private Durations() {}

    /** Parses a duration; empty when the text is not a duration or exceeds 2^63 ms. */
    public static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        BigInteger millis =
                new BigInteger(form.group(1)).multiply(BigInteger.valueOf(MILLIS.getOrDefault(form.group(2), 1L)));
        return millis.bitLength() < Long.SIZE ? Optional.of(Duration.ofMillis(millis.longValue())) : Optional.empty();
    }

    /** The shortest form of a duration, without fractions of a millisecond. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        for (String unit : new String[] {"d", "h", "m", "s"}) {
            long length = MILLIS.getOrDefault(unit, 1L);
            if (millis % length == 0) {
                return millis / length + unit;
            }
        }
        return millis + "ms";
    }
}
