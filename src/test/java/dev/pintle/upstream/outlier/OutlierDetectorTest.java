package dev.pintle.upstream.outlier;

import static dev.pintle.upstream.target.AttemptVerdict.FAILURE;
import static dev.pintle.upstream.target.AttemptVerdict.IGNORED;
import static dev.pintle.upstream.target.AttemptVerdict.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pintle.testing.ManualTicker;
import dev.pintle.upstream.target.AttemptVerdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutlierDetectorTest {
    private final ManualTicker ticker = new ManualTicker();
    private final OutlierDetector outlierDetection =
            new OutlierDetector(new OutlierDetectionSettings(3, Duration.ofSeconds(30), 50), ticker);

    @Test
    void itIsDueAfterFailuresInARow() {
        assertThat(count(FAILURE, FAILURE, SUCCESS, FAILURE, IGNORED, FAILURE)).isFalse();
        assertThat(count(FAILURE)).isTrue();
    }

    @Test
    void itIsDueAgainAfterEachFurtherFailureUntilThereIsRoom() {
        assertThat(count(FAILURE, FAILURE, FAILURE)).isTrue();
        assertThat(count(SUCCESS)).isFalse();
        assertThat(count(FAILURE, FAILURE, FAILURE)).isTrue();
        assertThat(count(FAILURE)).isTrue();
    }

    @Test
    void itEndsByItself() {
        outlierDetection.eject();
        ticker.advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(outlierDetection.isOut()).isTrue();
        ticker.advance(Duration.ofNanos(1));
        assertThat(outlierDetection.isOut()).isFalse();
    }

    @Test
    void whatReturnsGetsItsShareLittleByLittle() {
        assertThat(outlierDetection.share()).isEqualTo(1);
        outlierDetection.eject();
        ticker.advance(Duration.ofSeconds(30));
        assertThat(outlierDetection.share()).isEqualTo(0.1);
        ticker.advance(Duration.ofSeconds(15));
        assertThat(outlierDetection.share()).isCloseTo(0.5, within(0.001));
        ticker.advance(Duration.ofSeconds(15));
        assertThat(outlierDetection.share()).isEqualTo(1);
    }

    @Test
    void whatFailsOnItsReturnIsOutAgainAtOnce() {
        count(FAILURE, FAILURE, FAILURE);
        outlierDetection.eject();
        ticker.advance(Duration.ofSeconds(31));
        assertThat(count(FAILURE)).isTrue();
    }

    @Test
    void whatIsOutIsNotPutOutTwice() {
        count(FAILURE, FAILURE, FAILURE);
        outlierDetection.eject();
        assertThat(count(FAILURE)).isFalse();
    }

    @Test
    void otherSettingsKeepWhatWasCounted() {
        count(FAILURE);
        outlierDetection.adopt(new OutlierDetectionSettings(2, Duration.ofSeconds(30), 50));
        assertThat(count(FAILURE)).isTrue();
    }

    @Test
    void aResponseThatBreaksOffContinuesTheStreakThatItsHeadEnded() {
        count(FAILURE, FAILURE, SUCCESS);
        assertThat(outlierDetection.brokeOff()).isTrue();
    }

    @Test
    void aResponseThatDoesNotBreakOffEndsTheStreakOfThoseThatDo() {
        outlierDetection.brokeOff();
        outlierDetection.brokeOff();
        outlierDetection.completed();
        assertThat(outlierDetection.brokeOff()).isFalse();
    }

    /** Whether it is due after the last of them. */
    private boolean count(AttemptVerdict... verdicts) {
        boolean due = false;
        for (AttemptVerdict verdict : verdicts) {
            due = outlierDetection.count(verdict);
        }
        return due;
    }
}
