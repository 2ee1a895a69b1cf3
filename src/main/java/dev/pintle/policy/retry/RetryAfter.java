package dev.pintle.policy.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses {@code Retry-After} (RFC 9110 section 10.2.3). */
final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("0*([0-9]+)");
    /** More digits do not fit into a {@code long}. */
    private static final int MAX_DIGITS = 18;
    /** Exceeds the time of every exchange, so that longer values have the same effect. */
    private static final Duration MAX = Duration.ofDays(2);

    private RetryAfter() {}

    /** Returns the delay, at most 2 days; zero when the header is absent, invalid or in the past. */
    static Duration of(@Nullable String header, Instant now) {
        Duration wait = header == null ? Duration.ZERO : read(header.strip(), now);
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(MAX) < 0 ? wait : MAX;
    }

    private static Duration read(String text, Instant now) {
        Matcher seconds = SECONDS.matcher(text);
        if (seconds.matches()) {
            String digits = seconds.group(1);
            return digits.length() > MAX_DIGITS ? MAX : Duration.ofSeconds(Long.parseLong(digits));
        }
        Instant date = HttpDate.parse(text, now);
        return date == null ? Duration.ZERO : Duration.between(now, date);
    }
}
