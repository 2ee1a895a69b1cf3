package dev.pintle.admin.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads the times of requests. They are within the years 1 to 9999, which PostgreSQL can store. */
final class RequestTime {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private RequestTime() {}

    /** Returns a time such as {@code 2027-01-31T12:00:00Z}; empty when the text is none. */
    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(RequestTime::isStorable);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Returns the time that is this long before now; empty when it is before the first year. */
    static Optional<Instant> before(Instant now, Duration age) {
        return age.compareTo(Duration.between(FIRST, now)) > 0 ? Optional.empty() : Optional.of(now.minus(age));
    }

    private static boolean isStorable(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }
}
