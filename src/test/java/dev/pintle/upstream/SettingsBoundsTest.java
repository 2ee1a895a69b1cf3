package dev.pintle.upstream;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.pintle.upstream.circuitbreaker.CircuitBreakerSettings;
import dev.pintle.upstream.health.HealthCheckSettings;
import dev.pintle.upstream.outlier.OutlierDetectionSettings;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that skipped the validation of documents are refused with their values. */
class SettingsBoundsTest {
    @ParameterizedTest
    @CsvSource({
        "1, PT0S, 0, true",
        "1, PT1S, 100, true",
        "0, PT1S, 50, false",
        "1, PT-1S, 50, false",
        "1, PT1S, -1, false",
        "1, PT1S, 101, false"
    })
    void anEjectionNeedsFailuresADurationAndAPercentage(int failures, Duration duration, int percent, boolean valid) {
        check(valid, failures + ", " + duration, () -> new OutlierDetectionSettings(failures, duration, percent));
    }

    @ParameterizedTest
    @CsvSource({"1, PT0S, 1, true", "0, PT1S, 1, false", "1, PT1S, 0, false", "1, PT-1S, 1, false"})
    void aCircuitBreakerNeedsFailuresTrialsAndACooldown(int failures, Duration cooldown, int trials, boolean valid) {
        check(valid, failures + ", " + trials, () -> new CircuitBreakerSettings(failures, cooldown, trials));
    }

    @ParameterizedTest
    @CsvSource({
        "PT1S, PT1S, 1, 1, true",
        "PT0S, PT1S, 1, 1, false",
        "PT1S, PT0S, 1, 1, false",
        "PT1S, PT1S, 0, 1, false",
        "PT1S, PT1S, 1, 0, false",
    })
    void aHealthCheckNeedsTimesAndCounts(
            Duration interval, Duration timeout, int unhealthy, int healthy, boolean valid) {
        check(
                valid,
                interval + ", " + timeout,
                () -> new HealthCheckSettings("/", interval, timeout, unhealthy, healthy));
    }

    private static void check(boolean valid, String values, Runnable creation) {
        if (valid) {
            assertThatNoException().isThrownBy(creation::run);
        } else {
            assertThatIllegalArgumentException().isThrownBy(creation::run).withMessageContaining(values);
        }
    }
}
