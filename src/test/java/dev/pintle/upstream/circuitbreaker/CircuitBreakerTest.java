package dev.pintle.upstream.circuitbreaker;

import static dev.pintle.upstream.circuitbreaker.CircuitState.CLOSED;
import static dev.pintle.upstream.circuitbreaker.CircuitState.HALF_OPEN;
import static dev.pintle.upstream.circuitbreaker.CircuitState.OPEN;
import static dev.pintle.upstream.target.AttemptVerdict.FAILURE;
import static dev.pintle.upstream.target.AttemptVerdict.IGNORED;
import static dev.pintle.upstream.target.AttemptVerdict.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.ManualTicker;
import dev.pintle.upstream.target.AttemptVerdict;
import dev.pintle.upstream.target.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final Duration COOLDOWN = Duration.ofSeconds(30);

    private final ManualTicker ticker = new ManualTicker();
    private final List<CircuitState> transitions = new ArrayList<>();

    @Test
    void failuresInARowOpenIt() {
        CircuitBreaker circuitBreaker = circuitBreaker(3, 1);
        attempt(circuitBreaker, FAILURE, FAILURE, SUCCESS, FAILURE, FAILURE);
        assertThat(circuitBreaker.state()).isEqualTo(CLOSED);
        assertThat(circuitBreaker.failures()).isEqualTo(2);
        attempt(circuitBreaker, FAILURE);
        assertThat(circuitBreaker.state()).isEqualTo(OPEN);
        assertThat(circuitBreaker.acquire()).isNull();
        assertThat(transitions).containsExactly(OPEN);
    }

    @Test
    void endsWithoutAVerdictNeitherCountNorEndACount() {
        CircuitBreaker circuitBreaker = circuitBreaker(2, 1);
        attempt(circuitBreaker, FAILURE, IGNORED, IGNORED, FAILURE);
        assertThat(circuitBreaker.state()).isEqualTo(OPEN);
    }

    @Test
    void itSaysHowLongItStaysOpen() {
        CircuitBreaker circuitBreaker = open(1);
        ticker.advance(Duration.ofSeconds(12));
        assertThat(circuitBreaker.nanosUntilTrials())
                .isEqualTo(Duration.ofSeconds(18).toNanos());
    }

    @Test
    void afterTheCooldownExactlyTheTrialsAreLetThrough() {
        CircuitBreaker circuitBreaker = open(2);
        ticker.advance(COOLDOWN);
        assertThat(circuitBreaker.acquire()).isNotNull();
        assertThat(circuitBreaker.acquire()).isNotNull();
        assertThat(circuitBreaker.acquire()).isNull();
        assertThat(circuitBreaker.state()).isEqualTo(HALF_OPEN);
    }

    @Test
    void itClosesWhenAllTrialsHaveSucceeded() {
        CircuitBreaker circuitBreaker = open(2);
        ticker.advance(COOLDOWN);
        attempt(circuitBreaker, SUCCESS);
        assertThat(circuitBreaker.state()).isEqualTo(HALF_OPEN);
        attempt(circuitBreaker, SUCCESS);
        assertThat(circuitBreaker.state()).isEqualTo(CLOSED);
        assertThat(circuitBreaker.failures()).isZero();
        assertThat(transitions).containsExactly(OPEN, HALF_OPEN, CLOSED);
    }

    @Test
    void theFirstTrialThatFailsOpensItAgainForAWholeCooldown() {
        CircuitBreaker circuitBreaker = open(3);
        ticker.advance(COOLDOWN);
        attempt(circuitBreaker, SUCCESS, FAILURE);
        assertThat(circuitBreaker.state()).isEqualTo(OPEN);
        assertThat(circuitBreaker.nanosUntilTrials()).isEqualTo(COOLDOWN.toNanos());
    }

    @Test
    void aTrialWhoseClientLeavesIsGivenBackAndClosesNothing() {
        CircuitBreaker circuitBreaker = open(1);
        ticker.advance(COOLDOWN);
        attempt(circuitBreaker, IGNORED, IGNORED, IGNORED);
        assertThat(circuitBreaker.state()).isEqualTo(HALF_OPEN);
        attempt(circuitBreaker, SUCCESS);
        assertThat(circuitBreaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void newsFromBeforeItOpenedIsOldNewsWhileItTries() {
        CircuitBreaker circuitBreaker = circuitBreaker(1, 1);
        Permit slow = Objects.requireNonNull(circuitBreaker.acquire());
        Permit slower = Objects.requireNonNull(circuitBreaker.acquire());
        attempt(circuitBreaker, FAILURE);
        ticker.advance(COOLDOWN);
        Permit trial = Objects.requireNonNull(circuitBreaker.acquire());
        slow.end(SUCCESS);
        slower.end(FAILURE);
        assertThat(circuitBreaker.state()).isEqualTo(HALF_OPEN);
        trial.end(SUCCESS);
        assertThat(circuitBreaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void aTrialThatHangsKeepsTheOthersOutForOneCooldownOnly() {
        CircuitBreaker circuitBreaker = open(1);
        ticker.advance(COOLDOWN);
        Permit hanging = Objects.requireNonNull(circuitBreaker.acquire());
        ticker.advance(COOLDOWN.minusNanos(1));
        assertThat(circuitBreaker.acquire()).isNull();
        ticker.advance(Duration.ofNanos(1));
        Permit next = Objects.requireNonNull(circuitBreaker.acquire());
        hanging.end(FAILURE);
        assertThat(circuitBreaker.state()).isEqualTo(HALF_OPEN);
        next.end(SUCCESS);
        assertThat(circuitBreaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void trialsMayComeSlowly() {
        CircuitBreaker circuitBreaker = open(2);
        ticker.advance(COOLDOWN);
        attempt(circuitBreaker, SUCCESS);
        ticker.advance(COOLDOWN.multipliedBy(10));
        attempt(circuitBreaker, SUCCESS);
        assertThat(circuitBreaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void otherSettingsKeepWhatWasCounted() {
        CircuitBreaker circuitBreaker = circuitBreaker(5, 1);
        attempt(circuitBreaker, FAILURE, FAILURE, FAILURE);
        circuitBreaker.adopt(new CircuitBreakerSettings(4, COOLDOWN, 1));
        assertThat(circuitBreaker.state()).isEqualTo(CLOSED);
        attempt(circuitBreaker, FAILURE);
        assertThat(circuitBreaker.state()).isEqualTo(OPEN);
    }

    @Test
    void anEditAloneOpensNothing() {
        CircuitBreaker circuitBreaker = circuitBreaker(5, 1);
        attempt(circuitBreaker, FAILURE, FAILURE, FAILURE);
        circuitBreaker.adopt(new CircuitBreakerSettings(2, COOLDOWN, 1));
        assertThat(circuitBreaker.state()).isEqualTo(CLOSED);
        attempt(circuitBreaker, FAILURE);
        assertThat(circuitBreaker.state()).isEqualTo(OPEN);
    }

    @Test
    void anOpenCircuitStaysOpenThroughAnEdit() {
        CircuitBreaker circuitBreaker = open(1);
        ticker.advance(Duration.ofSeconds(10));
        circuitBreaker.adopt(new CircuitBreakerSettings(9, Duration.ofSeconds(40), 2));
        assertThat(circuitBreaker.state()).isEqualTo(OPEN);
        assertThat(circuitBreaker.nanosUntilTrials())
                .isEqualTo(Duration.ofSeconds(30).toNanos());
        assertThat(transitions).containsExactly(OPEN);
    }

    @Test
    void anEditWhileItTriesBeginsTheTrialsAnew() {
        CircuitBreaker circuitBreaker = open(1);
        ticker.advance(COOLDOWN);
        Permit old = Objects.requireNonNull(circuitBreaker.acquire());
        circuitBreaker.adopt(new CircuitBreakerSettings(1, COOLDOWN, 2));
        old.end(SUCCESS);
        attempt(circuitBreaker, SUCCESS, SUCCESS);
        assertThat(circuitBreaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void aResponseThatBreaksOffContinuesTheStreakThatItsHeadEnded() {
        CircuitBreaker circuitBreaker = circuitBreaker(3, 1);
        for (int i = 0; i < 2; i++) {
            breakOff(circuitBreaker);
            assertThat(circuitBreaker.state()).isEqualTo(CLOSED);
        }
        assertThat(circuitBreaker.failures()).isEqualTo(2);
        breakOff(circuitBreaker);
        assertThat(circuitBreaker.state()).isEqualTo(OPEN);
    }

    @Test
    void responsesThatBreakOffBesideOneAnotherCountInARow() {
        CircuitBreaker circuitBreaker = circuitBreaker(3, 1);
        Permit early = Objects.requireNonNull(circuitBreaker.acquire());
        early.end(SUCCESS);
        for (int i = 0; i < 2; i++) {
            Permit late = Objects.requireNonNull(circuitBreaker.acquire());
            late.end(SUCCESS);
            early.brokeOff();
            early = late;
        }
        assertThat(circuitBreaker.failures()).isEqualTo(2);
        early.brokeOff();
        assertThat(circuitBreaker.state()).isEqualTo(OPEN);
    }

    @Test
    void aResponseThatCompletesEndsTheStreakOfThoseThatBreakOff() {
        CircuitBreaker circuitBreaker = circuitBreaker(3, 1);
        breakOff(circuitBreaker);
        breakOff(circuitBreaker);
        Permit attempt = Objects.requireNonNull(circuitBreaker.acquire());
        attempt.end(SUCCESS);
        assertThat(circuitBreaker.failures()).isEqualTo(2);
        attempt.completed();
        assertThat(circuitBreaker.failures()).isZero();
        breakOff(circuitBreaker);
        breakOff(circuitBreaker);
        assertThat(circuitBreaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void aResponseThatBreaksOffAfterAnotherHasCompletedIsOneFailure() {
        CircuitBreaker circuitBreaker = circuitBreaker(3, 1);
        attempt(circuitBreaker, FAILURE, FAILURE);
        Permit early = Objects.requireNonNull(circuitBreaker.acquire());
        early.end(SUCCESS);
        Permit other = Objects.requireNonNull(circuitBreaker.acquire());
        other.end(SUCCESS);
        other.completed();
        early.brokeOff();
        assertThat(circuitBreaker.failures()).isEqualTo(1);
    }

    @Test
    void aTrialThatBreaksOffOpensTheCircuitAgain() {
        CircuitBreaker circuitBreaker = open(2);
        ticker.advance(COOLDOWN);
        breakOff(circuitBreaker);
        assertThat(circuitBreaker.state()).isEqualTo(OPEN);
        assertThat(circuitBreaker.nanosUntilTrials()).isEqualTo(COOLDOWN.toNanos());
    }

    @Test
    void theLastTrialOpensTheCircuitAgainEvenWhenItBreaksOffAfterItHasClosedIt() {
        CircuitBreaker circuitBreaker = open(1);
        ticker.advance(COOLDOWN);
        breakOff(circuitBreaker);
        assertThat(transitions).containsExactly(OPEN, HALF_OPEN, CLOSED, OPEN);
    }

    @Test
    void aResponseThatBreaksOffFromBeforeTheCircuitOpenedDecidesNothing() {
        CircuitBreaker circuitBreaker = circuitBreaker(1, 2);
        Permit early = Objects.requireNonNull(circuitBreaker.acquire());
        early.end(SUCCESS);
        attempt(circuitBreaker, FAILURE);
        early.brokeOff();
        ticker.advance(COOLDOWN);
        assertThat(circuitBreaker.state()).isEqualTo(HALF_OPEN);
        early.brokeOff();
        assertThat(circuitBreaker.state()).isEqualTo(HALF_OPEN);
    }

    private static void breakOff(CircuitBreaker circuitBreaker) {
        Permit attempt = Objects.requireNonNull(circuitBreaker.acquire());
        attempt.end(SUCCESS);
        attempt.brokeOff();
    }

    private CircuitBreaker circuitBreaker(int failures, int trials) {
        return new CircuitBreaker(new CircuitBreakerSettings(failures, COOLDOWN, trials), ticker, transitions::add);
    }

    private CircuitBreaker open(int trials) {
        CircuitBreaker circuitBreaker = circuitBreaker(1, trials);
        attempt(circuitBreaker, FAILURE);
        return circuitBreaker;
    }

    private static void attempt(CircuitBreaker circuitBreaker, AttemptVerdict... verdicts) {
        for (AttemptVerdict verdict : verdicts) {
            Objects.requireNonNull(circuitBreaker.acquire()).end(verdict);
        }
    }
}
