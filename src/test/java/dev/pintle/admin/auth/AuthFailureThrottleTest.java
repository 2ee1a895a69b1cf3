package dev.pintle.admin.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many tries are borne with. */
class AuthFailureThrottleTest {
    private final ManualTicker ticker = new ManualTicker();
    private final AuthFailureThrottle patience = new AuthFailureThrottle(ticker);

    @Test
    void eachKeyHasTenTriesAtOnceAndThenOneEachThreeSeconds() {
        use("a", AuthFailureThrottle.AT_ONCE);

        assertThat(patience.untilNext("a")).isEqualTo(AuthFailureThrottle.EACH);
        assertThat(patience.untilNext("b")).isZero();
        ticker.advance(AuthFailureThrottle.EACH);
        assertThat(patience.untilNext("a")).isZero();
        patience.use("a");
        assertThat(patience.untilNext("a")).isEqualTo(AuthFailureThrottle.EACH);
    }

    @Test
    void afterARestAllOfThemAreThereAgainAndNoMore() {
        use("a", AuthFailureThrottle.AT_ONCE);

        ticker.advance(Duration.ofDays(1));

        use("a", AuthFailureThrottle.AT_ONCE - 1);
        assertThat(patience.untilNext("a")).isZero();
        use("a", 1);
        assertThat(patience.untilNext("a")).isEqualTo(AuthFailureThrottle.EACH);
    }

    @Test
    void theNextTryTellsHowManyWereTurnedAway() {
        use("a", AuthFailureThrottle.AT_ONCE);
        assertThat(patience.turnAway("a")).isEqualTo(1);
        assertThat(patience.turnAway("a")).isEqualTo(2);

        assertThat(patience.use("a")).isEqualTo(2);
        assertThat(patience.use("a")).isZero();
    }

    @Test
    void aFloodOfKeysTakesNoMoreThanItsRoomAndForgetsTheOldestFirst() {
        use("old", AuthFailureThrottle.AT_ONCE);
        for (int i = 0; i < AuthFailureThrottle.MOST_KEYS - 1; i++) {
            patience.use("key " + i);
        }
        assertThat(patience.untilNext("old")).isPositive();
        patience.use("one more");
        patience.use("and another");

        assertThat(patience.untilNext("old")).isPositive();
        assertThat(patience.use("key 0")).isZero();
        use("key 0", AuthFailureThrottle.AT_ONCE - 1);
        assertThat(patience.untilNext("key 0")).isEqualTo(AuthFailureThrottle.EACH);
    }

    private void use(String key, int times) {
        for (int i = 0; i < times; i++) {
            patience.use(key);
        }
    }
}
