package dev.pintle.policy.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When an upstream wants to be asked again (RFC 9110 section 10.2.3). */
final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("0*([0-9]+)");
    /** More digits do not fit into a long. */
    private static final int MOST_DIGITS = 18;
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
        Matcher seconds = SECONDS.matcher(text);
        if (seconds.matches()) {
            String digits = seconds.group(1);
            return digits.length() > MOST_DIGITS ? LONGEST : Duration.ofSeconds(Long.parseLong(digits));
        }
        Instant date = HttpDate.parse(text, now);
        return date == null ? Duration.ZERO : Duration.between(now, date);
    }
}
