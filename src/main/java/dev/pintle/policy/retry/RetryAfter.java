package dev.pintle.policy.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When an upstream wants to be asked again (RFC 9110 section 10.2.3). */
final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");
    /** Longer than any exchange lasts: what is beyond comes to the same. */
    private static final Duration LONGEST = Duration.ofDays(2);

    private RetryAfter() {}

    /** The time until then, 2 days at most; zero when the field is absent, cannot be read, or names a moment that is over. */
    static Duration of(@Nullable String field, Instant now) {
        Duration wait = field == null ? Duration.ZERO : read(field.strip(), now);
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }

    private static Duration read(String text, Instant now) {
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            return Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
