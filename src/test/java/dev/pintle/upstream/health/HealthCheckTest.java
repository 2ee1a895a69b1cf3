package dev.pintle.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Headers;
import dev.pintle.time.Sleeper;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.target.AttemptOutcome;
import dev.pintle.upstream.target.AttemptVerdict;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.UpstreamClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HealthCheckTest {
    private static final Target TARGET = Target.of("http://127.0.0.1:1/base", 1);
    private static final HealthCheckSettings SETTINGS =
            new HealthCheckSettings("/healthz", Duration.ofSeconds(5), Duration.ofSeconds(1), 3, 2);

    private final HealthState health = new HealthState();
    private final Script script = new Script();

    @Test
    void itIsGoodUntilSoManyBadAnswersInARow() {
        note(false, false, true, false, false);
        assertThat(health.isGood()).isTrue();
        note(false);
        assertThat(health.isGood()).isFalse();
    }

    @Test
    void itIsBadUntilSoManyGoodAnswersInARow() {
        note(false, false, false, true, false, true);
        assertThat(health.isGood()).isFalse();
        note(true);
        assertThat(health.isGood()).isTrue();
    }

    @Test
    void answersFrom200To399AreGood() {
        assertThat(isWell(200)).isTrue();
        assertThat(isWell(399)).isTrue();
        assertThat(isWell(400)).isFalse();
        assertThat(isWell(503)).isFalse();
    }

    @Test
    void aTargetThatDoesNotAnswerIsNotWell() {
        UpstreamClient dead = (target, exchange, timeouts) -> {
            throw new ExchangeException(FailureKind.CONNECT, "connection refused");
        };
        assertThat(new HealthProbe(dead, Ticker.SYSTEM, new Random(1)).probe(TARGET, SETTINGS))
                .isEqualTo(AttemptOutcome.failed("connection refused"));
    }

    @Test
    void aFaultOfTheGatewaySaysNothingAboutTheTarget() {
        UpstreamClient faulty = (target, exchange, timeouts) -> {
            throw new IllegalStateException("ours");
        };
        assertThat(new HealthProbe(faulty, Ticker.SYSTEM, new Random(1)).probe(TARGET, SETTINGS))
                .isEqualTo(AttemptOutcome.NEUTRAL);
    }

    @Test
    void aCheckIsAGetThatHasOneTimeoutForAll() {
        List<Exchange> sent = new ArrayList<>();
        UpstreamClient client = (target, exchange, timeouts) -> {
            sent.add(exchange);
            assertThat(timeouts.connect()).isEqualTo(SETTINGS.timeout());
            assertThat(exchange.budget().left())
                    .isLessThanOrEqualTo(SETTINGS.timeout().toNanos());
            return new FinalResponse(200, Headers.EMPTY, Body.EMPTY);
        };
        new HealthProbe(client, Ticker.SYSTEM, new Random(1)).probe(TARGET, SETTINGS);
        assertThat(sent).extracting(exchange -> exchange.request().method()).containsExactly("GET");
        assertThat(sent).extracting(exchange -> exchange.request().path()).containsExactly("/healthz");
    }

    @Test
    void theFirstCheckComesWithinAnIntervalAndTheOthersOnceAnInterval() throws InterruptedException {
        try (HealthCheck check = begin()) {
            assertThat(script.waited()).isBetween(Duration.ZERO, SETTINGS.interval());
            for (int i = 0; i < 100; i++) {
                script.goOn();
                assertThat(script.waited()).isBetween(Duration.ofMillis(4_500), Duration.ofMillis(5_500));
            }
            assertThat(check.asks(TARGET, SETTINGS)).isTrue();
        }
    }

    @Test
    void itAsksNoMoreWhenItIsClosed() throws InterruptedException {
        HealthCheck check = begin();
        script.waited();
        check.close();
        assertThat(script.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(script.asked).isEmpty();
    }

    private HealthCheck begin() {
        UpstreamClient client = (target, exchange, timeouts) -> {
            script.asked.add(target);
            return new FinalResponse(200, Headers.EMPTY, Body.EMPTY);
        };
        return new HealthCheckScheduler(client, Ticker.SYSTEM, new Random(1), script)
                .begin(TARGET, SETTINGS, outcome -> health.note(outcome.verdict(), SETTINGS));
    }

    private void note(boolean... answers) {
        for (boolean answer : answers) {
            health.note(answer ? AttemptVerdict.SUCCESS : AttemptVerdict.FAILURE, SETTINGS);
        }
    }

    private static boolean isWell(int status) {
        UpstreamClient client = (target, exchange, timeouts) -> new FinalResponse(status, Headers.EMPTY, Body.EMPTY);
        return new HealthProbe(client, Ticker.SYSTEM, new Random(1))
                        .probe(TARGET, SETTINGS)
                        .verdict()
                == AttemptVerdict.SUCCESS;
    }

    /** Time that passes when the test says so. */
    private static final class Script implements Sleeper {
        private final Queue<Target> asked = new ArrayDeque<>();
        private final BlockingQueue<Duration> waits = new LinkedBlockingQueue<>();
        private final BlockingQueue<Boolean> passes = new LinkedBlockingQueue<>();
        private final CountDownLatch interrupted = new CountDownLatch(1);

        @Override
        public void of(Duration time) throws InterruptedException {
            waits.add(time);
            try {
                passes.take();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }

        Duration waited() throws InterruptedException {
            return waits.take();
        }

        void goOn() {
            passes.add(true);
        }
    }
}
