package dev.pintle.upstream;

import static dev.pintle.upstream.CircuitState.CLOSED;
import static dev.pintle.upstream.CircuitState.HALF_OPEN;
import static dev.pintle.upstream.CircuitState.OPEN;
import static dev.pintle.upstream.Verdict.BAD;
import static dev.pintle.upstream.Verdict.GOOD;
import static dev.pintle.upstream.Verdict.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Duration COOLDOWN = Duration.ofSeconds(30);

    private final ManualTicker ticker = new ManualTicker();
    private final List<CircuitState> transitions = new ArrayList<>();

    @Test
    void failuresInARowOpenIt() {
        Breaker breaker = breaker(3, 1);
        attempt(breaker, BAD, BAD, GOOD, BAD, BAD);
        assertThat(breaker.state()).isEqualTo(CLOSED);
        assertThat(breaker.failures()).isEqualTo(2);
        attempt(breaker, BAD);
        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.acquire()).isNull();
        assertThat(transitions).containsExactly(OPEN);
    }

    @Test
    void endsWithoutAVerdictNeitherCountNorEndACount() {
        Breaker breaker = breaker(2, 1);
        attempt(breaker, BAD, NONE, NONE, BAD);
        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void itSaysHowLongItStaysOpen() {
        Breaker breaker = open(1);
        ticker.advance(Duration.ofSeconds(12));
        assertThat(breaker.nanosUntilTrials()).isEqualTo(Duration.ofSeconds(18).toNanos());
    }

    @Test
    void afterTheCooldownExactlyTheTrialsAreLetThrough() {
        Breaker breaker = open(2);
        ticker.advance(COOLDOWN);
        assertThat(breaker.acquire()).isNotNull();
        assertThat(breaker.acquire()).isNotNull();
        assertThat(breaker.acquire()).isNull();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
    }

    @Test
    void itClosesWhenAllTrialsHaveSucceeded() {
        Breaker breaker = open(2);
        ticker.advance(COOLDOWN);
        attempt(breaker, GOOD);
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        attempt(breaker, GOOD);
        assertThat(breaker.state()).isEqualTo(CLOSED);
        assertThat(breaker.failures()).isZero();
        assertThat(transitions).containsExactly(OPEN, HALF_OPEN, CLOSED);
    }

    @Test
    void theFirstTrialThatFailsOpensItAgainForAWholeCooldown() {
        Breaker breaker = open(3);
        ticker.advance(COOLDOWN);
        attempt(breaker, GOOD, BAD);
        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.nanosUntilTrials()).isEqualTo(COOLDOWN.toNanos());
    }

    @Test
    void aTrialWhoseClientLeavesIsGivenBackAndClosesNothing() {
        Breaker breaker = open(1);
        ticker.advance(COOLDOWN);
        attempt(breaker, NONE, NONE, NONE);
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        attempt(breaker, GOOD);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void newsFromBeforeItOpenedIsOldNewsWhileItTries() {
        Breaker breaker = breaker(1, 1);
        Permit slow = Objects.requireNonNull(breaker.acquire());
        Permit slower = Objects.requireNonNull(breaker.acquire());
        attempt(breaker, BAD);
        ticker.advance(COOLDOWN);
        Permit trial = Objects.requireNonNull(breaker.acquire());
        slow.end(GOOD);
        slower.end(BAD);
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        trial.end(GOOD);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void aTrialThatHangsKeepsTheOthersOutForOneCooldownOnly() {
        Breaker breaker = open(1);
        ticker.advance(COOLDOWN);
        Permit hanging = Objects.requireNonNull(breaker.acquire());
        ticker.advance(COOLDOWN.minusNanos(1));
        assertThat(breaker.acquire()).isNull();
        ticker.advance(Duration.ofNanos(1));
        Permit next = Objects.requireNonNull(breaker.acquire());
        hanging.end(BAD);
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        next.end(GOOD);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void trialsMayComeSlowly() {
        Breaker breaker = open(2);
        ticker.advance(COOLDOWN);
        attempt(breaker, GOOD);
        ticker.advance(COOLDOWN.multipliedBy(10));
        attempt(breaker, GOOD);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void otherSettingsKeepWhatWasCounted() {
        Breaker breaker = breaker(5, 1);
        attempt(breaker, BAD, BAD, BAD);
        breaker.adopt(new BreakerSettings(4, COOLDOWN, 1));
        assertThat(breaker.state()).isEqualTo(CLOSED);
        attempt(breaker, BAD);
        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void anEditAloneOpensNothing() {
        Breaker breaker = breaker(5, 1);
        attempt(breaker, BAD, BAD, BAD);
        breaker.adopt(new BreakerSettings(2, COOLDOWN, 1));
        assertThat(breaker.state()).isEqualTo(CLOSED);
        attempt(breaker, BAD);
        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void anOpenCircuitStaysOpenThroughAnEdit() {
        Breaker breaker = open(1);
        ticker.advance(Duration.ofSeconds(10));
        breaker.adopt(new BreakerSettings(9, Duration.ofSeconds(40), 2));
        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.nanosUntilTrials()).isEqualTo(Duration.ofSeconds(30).toNanos());
        assertThat(transitions).containsExactly(OPEN);
    }

    @Test
    void anEditWhileItTriesBeginsTheTrialsAnew() {
        Breaker breaker = open(1);
        ticker.advance(COOLDOWN);
        Permit old = Objects.requireNonNull(breaker.acquire());
        breaker.adopt(new BreakerSettings(1, COOLDOWN, 2));
        old.end(GOOD);
        attempt(breaker, GOOD, GOOD);
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    private Breaker breaker(int failures, int trials) {
        return new Breaker(new BreakerSettings(failures, COOLDOWN, trials), ticker, transitions::add);
    }

    private Breaker open(int trials) {
        Breaker breaker = breaker(1, trials);
        attempt(breaker, BAD);
        return breaker;
    }

    private static void attempt(Breaker breaker, Verdict... verdicts) {
        for (Verdict verdict : verdicts) {
            Objects.requireNonNull(breaker.acquire()).end(verdict);
        }
    }
}
