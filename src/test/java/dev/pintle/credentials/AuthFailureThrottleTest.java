package dev.pintle.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The throttle limits failed attempts per key. */
class AuthFailureThrottleTest {
    private final ManualTicker ticker = new ManualTicker();
    private final AuthFailureThrottle throttle = new AuthFailureThrottle(ticker);

    @Test
    void eachKeyHasABurstOfTenAndThenOneAttemptEveryThreeSeconds() {
        use("a", AuthFailureThrottle.BURST);

        assertThat(throttle.untilNext("a")).isEqualTo(AuthFailureThrottle.INTERVAL);
        assertThat(throttle.untilNext("b")).isZero();
        ticker.advance(AuthFailureThrottle.INTERVAL);
        assertThat(throttle.untilNext("a")).isZero();
        throttle.use("a");
        assertThat(throttle.untilNext("a")).isEqualTo(AuthFailureThrottle.INTERVAL);
    }

    @Test
    void theBurstIsFullAgainAfterAPause() {
        use("a", AuthFailureThrottle.BURST);

        ticker.advance(Duration.ofDays(1));

        use("a", AuthFailureThrottle.BURST - 1);
        assertThat(throttle.untilNext("a")).isZero();
        use("a", 1);
        assertThat(throttle.untilNext("a")).isEqualTo(AuthFailureThrottle.INTERVAL);
    }

    @Test
    void theNextAttemptReportsTheNumberOfThrottledOnes() {
        use("a", AuthFailureThrottle.BURST);
        assertThat(throttle.throttle("a")).isEqualTo(1);
        assertThat(throttle.throttle("a")).isEqualTo(2);

        assertThat(throttle.use("a")).isEqualTo(2);
        assertThat(throttle.use("a")).isZero();
    }

    @Test
    void theNumberOfKeysIsBoundedByEvictionOfTheOldest() {
        use("old", AuthFailureThrottle.BURST);
        for (int i = 0; i < AuthFailureThrottle.MAX_KEYS - 1; i++) {
            throttle.use("key " + i);
        }
        assertThat(throttle.untilNext("old")).isPositive();
        throttle.use("one more");
        throttle.use("and another");

        assertThat(throttle.untilNext("old")).isPositive();
        assertThat(throttle.use("key 0")).isZero();
        use("key 0", AuthFailureThrottle.BURST - 1);
        assertThat(throttle.untilNext("key 0")).isEqualTo(AuthFailureThrottle.INTERVAL);
    }

    private void use(String key, int times) {
        for (int i = 0; i < times; i++) {
            throttle.use(key);
        }
    }
}
