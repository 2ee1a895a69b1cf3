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
    void itIsANumberOfSeconds() {
        assertThat(RetryAfter.of(" 120 ", NOW)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void itIsADate() {
        assertThat(RetryAfter.of("Mon, 23 Nov 2026 10:00:30 GMT", NOW)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whatIsVeryFarAwayIsTwoDaysAway() {
        assertThat(RetryAfter.of("999999999999999999", NOW)).isEqualTo(Duration.ofDays(2));
        assertThat(RetryAfter.of("Fri, 23 Nov 2096 10:00:30 GMT", NOW)).isEqualTo(Duration.ofDays(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "Mon, 23 Nov 2026 09:59:59 GMT", "Mon, 99 Nov 2026 10:00:00 GMT"})
    void whatCannotBeReadOrIsOverIsNoWait(String field) {
        assertThat(RetryAfter.of(field, NOW)).isZero();
    }

    @Test
    void withoutTheFieldThereIsNoWait() {
        assertThat(RetryAfter.of(null, NOW)).isZero();
    }
}
