package dev.pintle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void aNumberOfSecondsIsParsed() {
        assertThat(RetryAfter.of(" 120 ", NOW)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aDateIsParsed() {
        assertThat(RetryAfter.of("Mon, 23 Nov 2026 10:00:30 GMT", NOW)).isEqualTo(Duration.ofSeconds(30));
    }

    /** Recipients must parse the obsolete formats (RFC 9110 section 5.6.7). */
    @ParameterizedTest
    @ValueSource(strings = {"Monday, 23-Nov-26 10:00:30 GMT", "Mon Nov 23 10:00:30 2026"})
    void aDateInAnObsoleteFormatIsParsed(String header) {
        assertThat(RetryAfter.of(header, NOW)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aDayOfOneDigitIsPaddedInAsctime() {
        assertThat(RetryAfter.of("Tue Dec  1 00:00:10 2026", Instant.parse("2026-12-01T00:00:00Z")))
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aYearOfTwoDigitsIsAtMostFiftyYearsAhead() {
        assertThat(RetryAfter.of("Monday, 23-Nov-76 10:00:00 GMT", NOW)).isEqualTo(Duration.ofDays(2));
        assertThat(RetryAfter.of("Wednesday, 23-Nov-77 10:00:00 GMT", NOW)).isZero();
        assertThat(RetryAfter.of("Saturday, 01-Jan-00 00:00:01 GMT", Instant.parse("2099-12-31T23:59:59Z")))
                .isZero();
        assertThat(RetryAfter.of("Friday, 01-Jan-00 00:00:01 GMT", Instant.parse("2099-12-31T23:59:59Z")))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000000000000000120", "120"})
    void leadingZerosAreIgnored(String header) {
        assertThat(RetryAfter.of(header, NOW)).isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999999999999999999",
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999999999999999999999999999"
            })
    void aNumberThatOverflowsIsTwoDays(String header) {
        assertThat(RetryAfter.of(header, NOW)).isEqualTo(Duration.ofDays(2));
    }

    @Test
    void longDelaysAreCappedAtTwoDays() {
        assertThat(RetryAfter.of("Fri, 23 Nov 2096 10:00:30 GMT", NOW)).isEqualTo(Duration.ofDays(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "1.5",
                "soon",
                "Mon, 23 Nov 2026 09:59:59 GMT",
                "Mon, 99 Nov 2026 10:00:00 GMT",
                "Mon, 23-Nov-26 10:00:30 GMT",
                "Tuesday, 23-Nov-26 10:00:30 GMT",
                "Mon Nov 23 10:00 2026"
            })
    void anInvalidOrPastValueMeansNoDelay(String header) {
        assertThat(RetryAfter.of(header, NOW)).isZero();
    }

    @Test
    void anAbsentHeaderMeansNoDelay() {
        assertThat(RetryAfter.of(null, NOW)).isZero();
    }
}
