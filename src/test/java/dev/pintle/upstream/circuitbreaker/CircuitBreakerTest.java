package dev.pintle.upstream.circuitbreaker;

import static dev.pintle.upstream.circuitbreaker.CircuitState.CLOSED;
import static dev.pintle.upstream.circuitbreaker.CircuitState.HALF_OPEN;
import static dev.pintle.upstream.circuitbreaker.CircuitState.OPEN;
import static dev.pintle.upstream.target.AttemptVerdict.FAILURE;
import static dev.pintle.upstream.target.AttemptVerdict.NONE;
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
        CircuitBreaker breaker = breaker(3, 1);
        attempt(breaker, FAILURE, FAILURE, SUCCESS, FAILURE, FAILURE);
        assertThat(breaker.state()).isEqualTo(CLOSED);
        assertThat(breaker.failures()).isEqualTo(2);
        attempt(breaker, FAILURE);
        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.acquire()).isNull();
        assertThat(transitions).containsExactly(OPEN);
    }

    @Test
    void endsWithoutAVerdictNeitherCountNorEndACount() {
        CircuitBreaker breaker = breaker(2, 1);
        attempt(breaker, FAILURE, NONE, NONE, FAILURE);
        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void itSaysHowLongItStaysOpen() {
        CircuitBreaker breaker = open(1);
        ticker.advance(Duration.ofSeconds(12));
        assertThat(breaker.nanosUntilTrials()).isEqualTo(Duration.ofSeconds(18).toNanos());
    }

    @Test
    void afterTheCooldownExactlyTheTrialsAreLetThrough() {
        CircuitBreaker breaker = open(2);
        ticker.advance(COOLDOWN);
        assertThat(breaker.acquire()).isNotNull();
        assertThat(breaker.acquire()).isNotNull();
        assertThat(breaker.acquire()).isNull();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
    }

    @Test
    void itClosesWhenAllTrialsHaveSucceeded() {
        CircuitBreaker breaker = open(2);
        ticker.advance(COOLDOWN);
        attempt(breaker, SUCCESS);
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        attempt(breaker, SUCCESS);
        assertThat(breaker.state()).isEqualTo(CLOSED);
        assertThat(breaker.failures()).isZero();
        assertThat(transitions).containsExactly(OPEN, HALF_OPEN, CLOSED);
    }

    @Test
    void theFirstTrialThatFailsOpensItAgainForAWholeCooldown() {
        CircuitBreaker breaker = open(3);
        ticker.advance(COOLDOWN);
        attempt(breaker, SUCCESS, FAILURE);
        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.nanosUntilTrials()).isEqualTo(COOLDOWN.toNanos());
    }

    @Test
    void aTrialWhoseClientLeavesIsGivenBackAndClosesNothing() {
        CircuitBreaker breaker = open(1);
        ticker.advance(COOLDOWN);
        attempt(breaker, NONE, NONE, NONE);
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        attempt(breaker, SUCCESS);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void newsFromBeforeItOpenedIsOldNewsWhileItTries() {
        CircuitBreaker breaker = breaker(1, 1);
        Permit slow = Objects.requireNonNull(breaker.acquire());
        Permit slower = Objects.requireNonNull(breaker.acquire());
        attempt(breaker, FAILURE);
        ticker.advance(COOLDOWN);
        Permit trial = Objects.requireNonNull(breaker.acquire());
        slow.end(SUCCESS);
        slower.end(FAILURE);
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        trial.end(SUCCESS);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void aTrialThatHangsKeepsTheOthersOutForOneCooldownOnly() {
        CircuitBreaker breaker = open(1);
        ticker.advance(COOLDOWN);
        Permit hanging = Objects.requireNonNull(breaker.acquire());
        ticker.advance(COOLDOWN.minusNanos(1));
        assertThat(breaker.acquire()).isNull();
        ticker.advance(Duration.ofNanos(1));
        Permit next = Objects.requireNonNull(breaker.acquire());
        hanging.end(FAILURE);
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        next.end(SUCCESS);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void trialsMayComeSlowly() {
        CircuitBreaker breaker = open(2);
        ticker.advance(COOLDOWN);
        attempt(breaker, SUCCESS);
        ticker.advance(COOLDOWN.multipliedBy(10));
        attempt(breaker, SUCCESS);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void otherSettingsKeepWhatWasCounted() {
        CircuitBreaker breaker = breaker(5, 1);
        attempt(breaker, FAILURE, FAILURE, FAILURE);
        breaker.adopt(new CircuitBreakerSettings(4, COOLDOWN, 1));
        assertThat(breaker.state()).isEqualTo(CLOSED);
        attempt(breaker, FAILURE);
        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void anEditAloneOpensNothing() {
        CircuitBreaker breaker = breaker(5, 1);
        attempt(breaker, FAILURE, FAILURE, FAILURE);
        breaker.adopt(new CircuitBreakerSettings(2, COOLDOWN, 1));
        assertThat(breaker.state()).isEqualTo(CLOSED);
        attempt(breaker, FAILURE);
        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void anOpenCircuitStaysOpenThroughAnEdit() {
        CircuitBreaker breaker = open(1);
        ticker.advance(Duration.ofSeconds(10));
        breaker.adopt(new CircuitBreakerSettings(9, Duration.ofSeconds(40), 2));
        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.nanosUntilTrials()).isEqualTo(Duration.ofSeconds(30).toNanos());
        assertThat(transitions).containsExactly(OPEN);
    }

    @Test
    void anEditWhileItTriesBeginsTheTrialsAnew() {
        CircuitBreaker breaker = open(1);
        ticker.advance(COOLDOWN);
        Permit old = Objects.requireNonNull(breaker.acquire());
        breaker.adopt(new CircuitBreakerSettings(1, COOLDOWN, 2));
        old.end(SUCCESS);
        attempt(breaker, SUCCESS, SUCCESS);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void aResponseThatBreaksOffContinuesTheStreakThatItsHeadEnded() {
        CircuitBreaker breaker = breaker(3, 1);
        for (int i = 0; i < 2; i++) {
            breakOff(breaker);
            assertThat(breaker.state()).isEqualTo(CLOSED);
        }
        assertThat(breaker.failures()).isEqualTo(2);
        breakOff(breaker);
        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void responsesThatBreakOffBesideOneAnotherCountInARow() {
        CircuitBreaker breaker = breaker(3, 1);
        Permit early = Objects.requireNonNull(breaker.acquire());
        early.end(SUCCESS);
        for (int i = 0; i < 2; i++) {
            Permit late = Objects.requireNonNull(breaker.acquire());
            late.end(SUCCESS);
            early.brokeOff();
            early = late;
        }
        assertThat(breaker.failures()).isEqualTo(2);
        early.brokeOff();
        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void aResponseThatCompletesEndsTheStreakOfThoseThatBreakOff() {
        CircuitBreaker breaker = breaker(3, 1);
        breakOff(breaker);
        breakOff(breaker);
        Permit attempt = Objects.requireNonNull(breaker.acquire());
        attempt.end(SUCCESS);
        assertThat(breaker.failures()).isEqualTo(2);
        attempt.completed();
        assertThat(breaker.failures()).isZero();
        breakOff(breaker);
        breakOff(breaker);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void aResponseThatBreaksOffAfterAnotherHasCompletedIsOneFailure() {
        CircuitBreaker breaker = breaker(3, 1);
        attempt(breaker, FAILURE, FAILURE);
        Permit early = Objects.requireNonNull(breaker.acquire());
        early.end(SUCCESS);
        Permit other = Objects.requireNonNull(breaker.acquire());
        other.end(SUCCESS);
        other.completed();
        early.brokeOff();
        assertThat(breaker.failures()).isEqualTo(1);
    }

    @Test
    void aTrialThatBreaksOffOpensTheCircuitAgain() {
        CircuitBreaker breaker = open(2);
        ticker.advance(COOLDOWN);
        breakOff(breaker);
        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.nanosUntilTrials()).isEqualTo(COOLDOWN.toNanos());
    }

    @Test
    void theLastTrialOpensTheCircuitAgainEvenWhenItBreaksOffAfterItHasClosedIt() {
        CircuitBreaker breaker = open(1);
        ticker.advance(COOLDOWN);
        breakOff(breaker);
        assertThat(transitions).containsExactly(OPEN, HALF_OPEN, CLOSED, OPEN);
    }

    @Test
    void aResponseThatBreaksOffFromBeforeTheCircuitOpenedDecidesNothing() {
        CircuitBreaker breaker = breaker(1, 2);
        Permit early = Objects.requireNonNull(breaker.acquire());
        early.end(SUCCESS);
        attempt(breaker, FAILURE);
        early.brokeOff();
        ticker.advance(COOLDOWN);
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        early.brokeOff();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
    }

    private static void breakOff(CircuitBreaker breaker) {
        Permit attempt = Objects.requireNonNull(breaker.acquire());
        attempt.end(SUCCESS);
        attempt.brokeOff();
    }

    private CircuitBreaker breaker(int failures, int trials) {
        return new CircuitBreaker(new CircuitBreakerSettings(failures, COOLDOWN, trials), ticker, transitions::add);
    }

    private CircuitBreaker open(int trials) {
        CircuitBreaker breaker = breaker(1, trials);
        attempt(breaker, FAILURE);
        return breaker;
    }

    private static void attempt(CircuitBreaker breaker, AttemptVerdict... verdicts) {
        for (AttemptVerdict verdict : verdicts) {
            Objects.requireNonNull(breaker.acquire()).end(verdict);
        }
    }
}
