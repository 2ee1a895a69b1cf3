package dev.pintle.policy.retry;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses the three date formats that a recipient must accept (RFC 9110 section 5.6.7). */
final class HttpDate {
    /** The maximum number of years ahead for a two-digit year. */
    private static final int YEARS_AHEAD = 50;

    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US).withZone(ZoneOffset.UTC);

    private HttpDate() {}

    /** Returns the instant of a date; null when the text has none of the formats. */
    static @Nullable Instant parse(String text, Instant now) {
        try {
            return form(text, now).parse(text, Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static DateTimeFormatter form(String text, Instant now) {
        if (text.indexOf(',') < 0) {
            return ASCTIME;
        }
        return text.indexOf('-') < 0 ? DateTimeFormatter.RFC_1123_DATE_TIME : rfc850(now);
    }

    private static DateTimeFormatter rfc850(Instant now) {
        LocalDate latest = LocalDate.ofInstant(now, ZoneOffset.UTC).plusYears(YEARS_AHEAD);
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, latest.minusYears(99))
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US)
                .withZone(ZoneOffset.UTC);
    }
}
