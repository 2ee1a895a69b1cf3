package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.testing.Exchanges;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.ManualTicker;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestRoute;
import dev.pintle.upstream.circuitbreaker.CircuitState;
import dev.pintle.upstream.circuitbreaker.CircuitStatus;
import dev.pintle.upstream.circuitbreaker.ForcedCircuit;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An open circuit keeps requests from a failing target and tests it with a few. */
class CircuitsTest {
    private static final Duration COOLDOWN = Duration.ofSeconds(30);

    private final ManualTicker ticker = new ManualTicker();
    private final AtomicInteger trials = new AtomicInteger();

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    @Test
    void anOpenCircuitAnswers503WithoutAConnection() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(500, "broken"));
        TestRoute route = fixture.route(ticker, upstream).circuitBreaker(5, COOLDOWN, 1);
        for (int i = 0; i < 5; i++) {
            assertThat(send(route)).isEqualTo(500);
        }
        ticker.advance(Duration.ofMillis(500));
        Exchange exchange = Exchanges.get("/users");
        FinalResponse answer = (FinalResponse) route.handle(exchange);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(exchange.context().code()).isEqualTo(ErrorCode.CIRCUIT_OPEN);
        assertThat(exchange.context().attempts()).isZero();
        assertThat(answer.headers().first("Retry-After")).isEqualTo("30");
        assertThat(upstream.requests()).hasSize(5);
    }

    @Test
    void theRequestThatOpensACircuitGetsTheUpstreamResponse() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(503, "busy"));
        TestRoute route =
                fixture.route(ticker, upstream).circuitBreaker(2, COOLDOWN, 1).pause(ticker::advance);
        Exchange exchange = Exchanges.get("/users");
        assertThat(Exchanges.text(route.handle(exchange))).isEqualTo("busy");
        assertThat(exchange.context().attempts()).isEqualTo(2);
        assertThat(exchange.context().code()).isNull();
    }

    @Test
    void retryAfterIsAtLeastOneSecond() {
        TestRoute route = openCircuit(fixture.upstream(RawUpstream.answers(500, "broken")), 1);
        ticker.advance(COOLDOWN.minusNanos(1));
        FinalResponse answer = (FinalResponse) route.handle(Exchanges.get("/users"));
        assertThat(answer.headers().first("Retry-After")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void theseResponsesCountAsFailures(int status) {
        TestRoute route = fixture.route(ticker, fixture.upstream(RawUpstream.answers(status, "broken")))
                .retries(0)
                .circuitBreaker(1, COOLDOWN, 1);
        send(route);
        assertThat(state(route)).isEqualTo(CircuitState.OPEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 404, 429, 501, 505})
    void theseResponsesDoNotCountAsFailures(int status) {
        TestRoute route = fixture.route(ticker, fixture.upstream(RawUpstream.answers(status, "passed")))
                .retries(0)
                .circuitBreaker(1, COOLDOWN, 1);
        send(route);
        assertThat(state(route)).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aRefusedConnectionCountsAsFailure() {
        RawUpstream upstream = fixture.dead();
        TestRoute route = fixture.route(ticker, upstream).retries(0).circuitBreaker(2, COOLDOWN, 1);
        fail(route, Exchanges.get("/users"));
        fail(route, Exchanges.get("/users"));
        assertThat(send(route)).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 10\r\n\r\n0123",
                "Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n",
                "Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n0\r\nA: b\r\n"
            })
    void consecutiveResponsesThatBreakOffCount(String cut) {
        RawUpstream upstream = fixture.upstream(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\n" + cut);
        });
        TestRoute route = fixture.route(ticker, upstream).circuitBreaker(3, COOLDOWN, 1);
        for (int i = 0; i < 3; i++) {
            assertThat(state(route)).isEqualTo(CircuitState.CLOSED);
            GatewayResponse response = route.handle(Exchanges.get("/users"));
            assertThat(catchThrowableOfType(ExchangeException.class, () -> Exchanges.text(response)))
                    .isNotNull();
        }
        assertThat(state(route)).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void streamsThatBreakOffLateOpenNoCircuit() {
        RawUpstream upstream = fixture.upstream(RawUpstream.resetsAfterHead());
        TestRoute route = fixture.route(ticker, upstream).circuitBreaker(1, COOLDOWN, 1);
        GatewayResponse response = route.handle(Exchanges.get("/users"));
        ticker.advance(Duration.ofMinutes(1));
        assertThat(catchThrowableOfType(ExchangeException.class, () -> Exchanges.text(response)))
                .isNotNull();
        assertThat(state(route)).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void clientsThatDisconnectDuringAResponseOpenNoCircuit() {
        RawUpstream upstream = fixture.upstream(RawUpstream.stallsAfterHead());
        TestRoute route = fixture.route(ticker, upstream).circuitBreaker(1, COOLDOWN, 1);
        ((FinalResponse) route.handle(Exchanges.get("/users"))).body().close();
        assertThat(state(route)).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void clientErrorsOpenNoCircuit() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(200, "ok"));
        TestRoute route = fixture.route(ticker, upstream).circuitBreaker(1, COOLDOWN, 1);
        for (int i = 0; i < 50; i++) {
            fail(route, Exchanges.cut("/users"));
        }
        assertThat(state(route)).isEqualTo(CircuitState.CLOSED);
        assertThat(send(route)).isEqualTo(200);
    }

    @Test
    void aHalfOpenCircuitAdmitsExactlyItsTrials() throws Exception {
        int trials = 3;
        CountDownLatch answer = new CountDownLatch(1);
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(500, "broken"));
        TestRoute route = openCircuit(upstream, trials);
        upstream.resetConnections();
        upstream.now(connection -> {
            while (connection.request() != null) {
                awaitUninterruptibly(answer);
                connection.answer(200, "recovered");
            }
        });
        ticker.advance(COOLDOWN);
        int before = upstream.requests().size();

        List<Future<Integer>> statuses = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                statuses.add(callers.submit(() -> send(route)));
            }
            Awaitility.await()
                    .until(() -> statuses.stream().filter(Future::isDone).count() == 200 - trials);
            assertThat(upstream.requests()).hasSize(before + trials);
            answer.countDown();
        }
        assertThat(statuses)
                .extracting(Future::resultNow)
                .filteredOn(status -> status == 200)
                .hasSize(trials);
        assertThat(state(route)).isEqualTo(CircuitState.CLOSED);
        assertThat(send(route)).isEqualTo(200);
    }

    @Test
    void aFailedTrialReopensTheCircuit() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(500, "broken"));
        TestRoute route = openCircuit(upstream, 1);
        ticker.advance(COOLDOWN);
        assertThat(send(route)).isEqualTo(500);
        assertThat(send(route)).isEqualTo(503);
        assertThat(route.scrape())
                .contains("gateway_circuit_transitions_total{route=\"users\",state=\"open\",target=\"" + upstream.url()
                        + "\"} 2.0")
                .contains("gateway_circuit_open{route=\"users\",target=\"" + upstream.url() + "\"} 1.0");
    }

    @Test
    void aTrialWhoseClientDisconnectsReleasesItsPermit() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(500, "broken"));
        TestRoute route = openCircuit(upstream, 1);
        upstream.resetConnections();
        upstream.now(RawUpstream.answers(200, "recovered"));
        ticker.advance(COOLDOWN);
        for (int i = 0; i < 10; i++) {
            fail(route, Exchanges.cut("/users"));
        }
        assertThat(state(route)).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(send(route)).isEqualTo(200);
        assertThat(state(route)).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aCanceledTrialReleasesItsPermit() throws Exception {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(500, "broken"));
        TestRoute route = openCircuit(upstream, 1);
        upstream.resetConnections();
        upstream.now(RawUpstream.neverResponds());
        ticker.advance(COOLDOWN);
        Exchange trial = Exchanges.get("/users");
        try (ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> failing = caller.submit(() -> fail(route, trial));
            Awaitility.await().until(() -> upstream.requests().size() == 2);
            assertThat(send(route)).isEqualTo(503);
            trial.cancellation().cancel(new ExchangeException(FailureKind.CLIENT_GONE, "the client disconnected"));
            failing.get();
        }
        Awaitility.await().until(() -> upstream.open() == 0);
        upstream.now(RawUpstream.answers(200, "recovered"));
        assertThat(send(route)).isEqualTo(200);
        assertThat(state(route)).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void anEditDuringATrialAddsNoTrial() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        TestRoute route = halfOpen(answer, 1);
        try (ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> trial = caller.submit(() -> send(route));
            Awaitility.await().until(() -> trials.get() == 1);
            route.circuitBreaker(5, COOLDOWN.plusSeconds(1), 1);
            assertThat(send(route)).isEqualTo(503);
            route.circuitBreaker(1, COOLDOWN.plusSeconds(2), 2);
            Future<Integer> second = caller.submit(() -> send(route));
            Awaitility.await().until(() -> trials.get() == 2);
            assertThat(send(route)).isEqualTo(503);
            answer.countDown();
            assertThat(trial.get()).isEqualTo(200);
            assertThat(second.get()).isEqualTo(200);
        }
        assertThat(state(route)).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void anEditKeepsSuccessfulTrials() {
        TestRoute route = halfOpen(new CountDownLatch(0), 3);
        assertThat(send(route)).isEqualTo(200);
        route.circuitBreaker(1, COOLDOWN.plusSeconds(1), 3);
        assertThat(send(route)).isEqualTo(200);
        assertThat(state(route)).isEqualTo(CircuitState.HALF_OPEN);
        route.circuitBreaker(1, COOLDOWN, 2);
        assertThat(state(route)).isEqualTo(CircuitState.CLOSED);
        assertThat(route.scrape()).contains("state=\"closed\"");
    }

    /** A half-open circuit whose target responds once the latch is open. */
    private TestRoute halfOpen(CountDownLatch answer, int most) {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(500, "broken"));
        TestRoute route = openCircuit(upstream, most);
        upstream.resetConnections();
        upstream.now(connection -> {
            while (connection.request() != null) {
                trials.incrementAndGet();
                awaitUninterruptibly(answer);
                connection.answer(200, "recovered");
            }
        });
        ticker.advance(COOLDOWN);
        return route;
    }

    @Test
    void anOpenTargetIsSkippedWhileAnotherServes() {
        RawUpstream broken = fixture.upstream(RawUpstream.answers(500, "broken"));
        RawUpstream well = fixture.upstream(RawUpstream.answers(200, "ok"));
        TestRoute route = fixture.route(ticker, broken, well).circuitBreaker(1, COOLDOWN, 1);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            statuses.add(send(route));
        }
        assertThat(statuses).containsOnlyOnce(500);
        assertThat(broken.requests()).hasSize(1);
    }

    @Test
    void retryAfterIsTheEarliestWhenAllCircuitsAreOpen() {
        RawUpstream one = fixture.upstream(RawUpstream.answers(500, "broken"));
        RawUpstream other = fixture.upstream(RawUpstream.answers(500, "broken"));
        TestRoute route = fixture.route(ticker, one, other).circuitBreaker(1, COOLDOWN, 1);
        send(route);
        ticker.advance(Duration.ofSeconds(10));
        send(route);
        FinalResponse answer = (FinalResponse) route.handle(Exchanges.get("/users"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().first("Retry-After")).isEqualTo("20");
    }

    @Test
    void anEditedRouteKeepsItsCircuits() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(500, "broken"));
        TestRoute route = fixture.route(ticker, upstream).circuitBreaker(4, COOLDOWN, 1);
        for (int i = 0; i < 3; i++) {
            send(route);
            for (int edit = 0; edit < 300; edit++) {
                route.recompile();
            }
        }
        assertThat(circuit(route).failures()).isEqualTo(3);
        send(route);
        route.recompile();
        assertThat(send(route)).isEqualTo(503);
    }

    @Test
    void theCircuitOfARemovedTargetIsRemoved() {
        RawUpstream gone = fixture.upstream(RawUpstream.answers(500, "broken"));
        RawUpstream stays = fixture.upstream(RawUpstream.answers(200, "ok"));
        TestRoute route = openCircuit(gone, 1).targets(stays);
        assertThat(route.circuits()).extracting(CircuitStatus::target).containsExactly(stays.url());
        assertThat(route.scrape()).doesNotContain(gone.url());
        route.targets(gone);
        assertThat(state(route)).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aRemovedRouteLeavesNoCircuitSeries() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(500, "broken"));
        TestRoute route = openCircuit(upstream, 1);
        route.upstreams().forget(TestRoute.ID);
        route.metrics().forget(TestRoute.ID);
        assertThat(route.circuits()).isEmpty();
        assertThat(route.scrape()).doesNotContain("users").doesNotContain(upstream.url());
    }

    @Test
    void aForcedOpenCircuitRefusesUntilItExpires() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(200, "ok"));
        TestRoute route = fixture.route(ticker, upstream);
        ForcedCircuit forced = forced(CircuitState.OPEN, "maintenance");
        route.upstreams().force(Map.of(TestRoute.ID, forced));
        assertThat(send(route)).isEqualTo(503);
        assertThat(Exchanges.text((FinalResponse) route.handle(Exchanges.get("/users"))))
                .contains("an operator holds the circuits of this route open");
        assertThat(circuit(route).forced()).isEqualTo(forced);
        assertThat(circuit(route).state()).isEqualTo(CircuitState.OPEN);
        assertThat(upstream.requests()).isEmpty();
        ticker.advance(Duration.ofMinutes(10));
        assertThat(send(route)).isEqualTo(200);
        assertThat(route.circuits()).isEmpty();
    }

    @Test
    void aForcedClosedCircuitAdmitsAllRequests() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(500, "broken"));
        TestRoute route = openCircuit(upstream, 1);
        ForcedCircuit forced = forced(CircuitState.CLOSED, "I know");
        route.upstreams().force(Map.of(TestRoute.ID, forced));
        for (int i = 0; i < 10; i++) {
            assertThat(send(route)).isEqualTo(500);
        }
        route.upstreams().force(Map.of());
        assertThat(send(route)).isEqualTo(503);
    }

    @Test
    void aForcedStateAppliesToARouteThatIsAddedAgain() {
        TestRoute route = fixture.route(ticker, fixture.upstream(RawUpstream.answers(200, "ok")));
        ForcedCircuit forced = forced(CircuitState.OPEN, "stop");
        route.upstreams().force(Map.of(TestRoute.ID, forced));
        route.upstreams().forget(TestRoute.ID);
        route.recompile();
        assertThat(send(route)).isEqualTo(503);
    }

    @Test
    void aForcedStateSurvivesAnEdit() {
        TestRoute route = fixture.route(ticker, fixture.upstream(RawUpstream.answers(200, "ok")));
        ForcedCircuit forced = forced(CircuitState.OPEN, "stop");
        route.upstreams().force(Map.of(TestRoute.ID, forced));
        route.recompile();
        assertThat(send(route)).isEqualTo(503);
    }

    /** Ten minutes on the ticker. The wall clock is hours off, and must not matter. */
    private ForcedCircuit forced(CircuitState state, String reason) {
        Instant until = Instant.now().minus(Duration.ofHours(2));
        return new ForcedCircuit(
                state, until, ticker.nanos() + Duration.ofMinutes(10).toNanos(), reason, false);
    }

    private TestRoute openCircuit(RawUpstream upstream, int trials) {
        TestRoute route = fixture.route(ticker, upstream).circuitBreaker(1, COOLDOWN, trials);
        assertThat(send(route)).isEqualTo(500);
        return route;
    }

    private static int send(TestRoute route) {
        return Exchanges.finish(route.handle(Exchanges.get("/users")));
    }

    private static void fail(TestRoute route, Exchange exchange) {
        assertThat(catchThrowableOfType(ExchangeException.class, () -> route.handle(exchange)))
                .isNotNull();
    }

    private static CircuitStatus circuit(TestRoute route) {
        return route.circuits().getFirst();
    }

    private static CircuitState state(TestRoute route) {
        return circuit(route).state();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
