package dev.pintle.upstream;

import static dev.pintle.upstream.Verdict.BAD;
import static dev.pintle.upstream.Verdict.GOOD;
import static dev.pintle.upstream.Verdict.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pintle.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EjectionTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Ejection ejection = new Ejection(new EjectionSettings(3, Duration.ofSeconds(30), 50), ticker);

    @Test
    void itIsDueAfterFailuresInARow() {
        assertThat(count(BAD, BAD, GOOD, BAD, NONE, BAD)).isFalse();
        assertThat(count(BAD)).isTrue();
    }

    @Test
    void itIsDueAgainAfterEachFurtherFailureUntilThereIsRoom() {
        assertThat(count(BAD, BAD, BAD)).isTrue();
        assertThat(count(GOOD)).isFalse();
        assertThat(count(BAD, BAD, BAD)).isTrue();
        assertThat(count(BAD)).isTrue();
    }

    @Test
    void itEndsByItself() {
        ejection.eject();
        ticker.advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(ejection.isOut()).isTrue();
        ticker.advance(Duration.ofNanos(1));
        assertThat(ejection.isOut()).isFalse();
    }

    @Test
    void whatReturnsGetsItsShareLittleByLittle() {
        assertThat(ejection.share()).isEqualTo(1);
        ejection.eject();
        ticker.advance(Duration.ofSeconds(30));
        assertThat(ejection.share()).isEqualTo(0.1);
        ticker.advance(Duration.ofSeconds(15));
        assertThat(ejection.share()).isCloseTo(0.5, within(0.001));
        ticker.advance(Duration.ofSeconds(15));
        assertThat(ejection.share()).isEqualTo(1);
    }

    @Test
    void whatFailsOnItsReturnIsOutAgainAtOnce() {
        count(BAD, BAD, BAD);
        ejection.eject();
        ticker.advance(Duration.ofSeconds(31));
        assertThat(count(BAD)).isTrue();
    }

    @Test
    void whatIsOutIsNotPutOutTwice() {
        count(BAD, BAD, BAD);
        ejection.eject();
        assertThat(count(BAD)).isFalse();
    }

    @Test
    void otherSettingsKeepWhatWasCounted() {
        count(BAD);
        ejection.adopt(new EjectionSettings(2, Duration.ofSeconds(30), 50));
        assertThat(count(BAD)).isTrue();
    }

    /** Whether it is due after the last of them. */
    private boolean count(Verdict... verdicts) {
        boolean due = false;
        for (Verdict verdict : verdicts) {
            due = ejection.count(verdict);
        }
        return due;
    }
}
