package dev.pintle.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many tries are borne with. */
class PatienceTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Patience patience = new Patience(ticker);

    @Test
    void eachKeyHasTenTriesAtOnceAndThenOneEachThreeSeconds() {
        use("a", Patience.AT_ONCE);

        assertThat(patience.untilNext("a")).isEqualTo(Patience.EACH);
        assertThat(patience.untilNext("b")).isZero();
        ticker.advance(Patience.EACH);
        assertThat(patience.untilNext("a")).isZero();
        patience.use("a");
        assertThat(patience.untilNext("a")).isEqualTo(Patience.EACH);
    }

    @Test
    void afterARestAllOfThemAreThereAgainAndNoMore() {
        use("a", Patience.AT_ONCE);

        ticker.advance(Duration.ofDays(1));

        use("a", Patience.AT_ONCE - 1);
        assertThat(patience.untilNext("a")).isZero();
        use("a", 1);
        assertThat(patience.untilNext("a")).isEqualTo(Patience.EACH);
    }

    @Test
    void theNextTryTellsHowManyWereTurnedAway() {
        use("a", Patience.AT_ONCE);
        assertThat(patience.turnAway("a")).isEqualTo(1);
        assertThat(patience.turnAway("a")).isEqualTo(2);

        assertThat(patience.use("a")).isEqualTo(2);
        assertThat(patience.use("a")).isZero();
    }

    @Test
    void aFloodOfKeysTakesNoMoreThanItsRoomAndForgetsTheOldestFirst() {
        use("old", Patience.AT_ONCE);
        for (int i = 0; i < Patience.MOST_KEYS - 1; i++) {
            patience.use("key " + i);
        }
        assertThat(patience.untilNext("old")).isPositive();
        patience.use("one more");
        patience.use("and another");

        assertThat(patience.untilNext("old")).isPositive();
        assertThat(patience.use("key 0")).isZero();
        use("key 0", Patience.AT_ONCE - 1);
        assertThat(patience.untilNext("key 0")).isEqualTo(Patience.EACH);
    }

    private void use(String key, int times) {
        for (int i = 0; i < times; i++) {
            patience.use(key);
        }
    }
}
