package dev.pintle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bound of the pause doubles up to a maximum, and the pause is anything from zero to the bound. */
class RetryBackoffTest {
    @ParameterizedTest
    @CsvSource({
        "PT0.1S, PT1S, 1, PT0.1S",
        "PT0.1S, PT1S, 2, PT0.2S",
        "PT0.1S, PT1S, 4, PT0.8S",
        "PT0.1S, PT1S, 5, PT1S",
        "PT0.000000001S, PT1S, 21, PT0.001048576S",
        "PT0.000000001S, PT1S, 100, PT0.001048576S",
        "PT0S, PT1S, 3, PT0S",
        "PT1S, PT0S, 1, PT0S",
    })
    void theLongestPauseIsTheBound(Duration first, Duration max, int attempts, Duration longest) {
        assertThat(new RetryBackoff(first, max, new Extreme(1)).after(attempts)).isEqualTo(longest);
        assertThat(new RetryBackoff(first, max, new Extreme(0)).after(attempts)).isEqualTo(Duration.ZERO);
    }

    /** Returns the least or the most of the possible numbers. */
    private record Extreme(int share) implements RandomGenerator {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
            return share * (bound - 1);
        }
    }
}
