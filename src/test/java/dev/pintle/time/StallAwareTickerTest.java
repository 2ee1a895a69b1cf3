package dev.pintle.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.Headers;
import dev.pintle.testing.Exchanges;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.ManualTicker;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestRoute;
import dev.pintle.upstream.circuitbreaker.CircuitState;
import dev.pintle.upstream.target.Timeouts;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Time in which this node did not run is not the upstream's. */
class StallAwareTickerTest {
    private static final Duration BEAT = Duration.ofMillis(10);
    private static final Duration STALL = Duration.ofSeconds(15);

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final ManualTicker realTime = new ManualTicker();
    private final StallAwareTicker ticker = new StallAwareTicker(realTime);

    @Test
    void whileTheNodeRunsItGoesByRealTime() {
        run(Duration.ofSeconds(2));
        assertThat(ticker.nanos()).isEqualTo(realTime.nanos());
        assertThat(ticker.lostNanos()).isZero();
    }

    @Test
    void whileTheNodeIsFrozenItStandsStill() {
        run(Duration.ofSeconds(1));
        realTime.advance(STALL);
        assertThat(Duration.ofNanos(ticker.nanos())).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_050));
        long frozen = ticker.nanos();
        ticker.beat();
        assertThat(ticker.nanos()).isEqualTo(frozen);
        run(Duration.ofSeconds(1));
        assertThat(ticker.nanos()).isEqualTo(frozen + Duration.ofSeconds(1).toNanos());
        assertThat(ticker.nanos() + ticker.lostNanos()).isEqualTo(realTime.nanos());
    }

    @Test
    void onAMachineWithoutCpuTimeItGoesSlower() {
        for (int beat = 0; beat < 10; beat++) {
            realTime.advance(Duration.ofMillis(500));
            ticker.beat();
        }
        assertThat(Duration.ofNanos(ticker.nanos())).isEqualTo(Duration.ofMillis(500));
        assertThat(Duration.ofNanos(ticker.lostNanos())).isEqualTo(Duration.ofMillis(4_500));
    }

    @Test
    void onceClosedItGoesByRealTimeAgain() {
        StallAwareTicker closed = StallAwareTicker.start(realTime);
        closed.close();
        long before = closed.nanos();
        realTime.advance(STALL);
        assertThat(closed.nanos()).isEqualTo(before + STALL.toNanos());
    }

    @Test
    void aStopwatchSaysWhetherTheNodeStalledForATenthOfTheTime() {
        Stopwatch stopwatch = new Stopwatch(ticker);
        run(Duration.ofSeconds(1));
        assertThat(stopwatch.nodeStalled()).isFalse();
        realTime.advance(Duration.ofMillis(130));
        assertThat(stopwatch.nodeStalled()).isFalse();
        realTime.advance(Duration.ofMillis(70));
        assertThat(stopwatch.nodeStalled()).isTrue();
        assertThat(stopwatch.realNanos()).isEqualTo(Duration.ofMillis(1_200).toNanos());
        assertThat(stopwatch.nanos()).isEqualTo(Duration.ofMillis(1_050).toNanos());
    }

    @Test
    void aRequestInFlightSurvivesAStallThatIsLongerThanItsTimeouts() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        RawUpstream upstream = fixture.upstream(connection -> {
            connection.request();
            awaitQuietly(answer);
            connection.answer(200, "hello");
        });
        TestRoute route = route(upstream);
        try (ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> text = caller.submit(() -> Exchanges.text(route.handle(exchange())));
            await().until(() -> upstream.requests().size() == 1);
            realTime.advance(STALL);
            ticker.beat();
            run(Duration.ofMillis(500));
            answer.countDown();
            assertThat(text.get()).isEqualTo("hello");
        }
    }

    @Test
    void aTimeoutOfANodeThatStalledOpensNoCircuit() throws Exception {
        RawUpstream upstream = fixture.upstream(RawUpstream.neverResponds());
        TestRoute route = route(upstream);
        assertThat(timeout(route, upstream, STALL).kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(route.circuits().getFirst().state()).isEqualTo(CircuitState.CLOSED);
        assertThat(timeout(route, upstream, Duration.ZERO).kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(route.circuits().getFirst().state()).isEqualTo(CircuitState.OPEN);
    }

    private ExchangeException timeout(TestRoute route, RawUpstream upstream, Duration stall) throws Exception {
        int before = upstream.requests().size();
        try (ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ExchangeException> failure =
                    caller.submit(() -> catchThrowableOfType(ExchangeException.class, () -> route.handle(exchange())));
            await().until(() -> upstream.requests().size() > before);
            realTime.advance(stall);
            await().until(() -> {
                run(Duration.ofSeconds(1));
                return failure.isDone();
            });
            return failure.get();
        }
    }

    /** One failure opens its circuit; an attempt has a second, and so has the connection. */
    private TestRoute route(RawUpstream upstream) {
        Timeouts timeouts = new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
        return fixture.keep(TestRoute.to(realTime, ticker, upstream))
                .retries(0)
                .timeouts(timeouts)
                .circuitBreaker(1, Duration.ofHours(1), 1);
    }

    private Exchange exchange() {
        TimeBudget budget = new TimeBudget(Duration.ofSeconds(10), ticker);
        return Exchanges.of("GET", "/users", Headers.EMPTY, Body.EMPTY, "127.0.0.1", budget);
    }

    /** Lets the node run. */
    private void run(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= BEAT.toMillis()) {
            realTime.advance(BEAT);
            ticker.beat();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
