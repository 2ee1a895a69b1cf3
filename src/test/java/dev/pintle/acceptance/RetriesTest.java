package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Headers;
import dev.pintle.testing.Exchanges;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.ManualTicker;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestRoute;
import dev.pintle.time.TimeBudget;
import dev.pintle.upstream.target.Timeouts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway retries failures when this is safe, and only then. */
class RetriesTest {
    private static final String BIG = "x".repeat(100_000);

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    @Test
    void aGetThatIsResetIsRetried() {
        RawUpstream upstream = fixture.upstream(failingFirst(1, RawUpstream.resetsBeforeHead()));
        Exchange exchange = Exchanges.get("/users");
        assertThat(Exchanges.finish(fixture.route(upstream).handle(exchange))).isEqualTo(200);
        assertThat(exchange.context().attempts()).isEqualTo(2);
    }

    @Test
    void aGetThatIsResetInItsHeadIsRetried() {
        RawUpstream upstream = fixture.upstream(failingFirst(1, RawUpstream.resetsInHead()));
        assertThat(Exchanges.finish(fixture.route(upstream).handle(Exchanges.get("/users"))))
                .isEqualTo(200);
    }

    @Test
    void aGetWithAnInvalidResponseIsRetried() {
        RawUpstream upstream = fixture.upstream(failingFirst(1, RawUpstream.answersGarbage()));
        assertThat(Exchanges.finish(fixture.route(upstream).handle(Exchanges.get("/users"))))
                .isEqualTo(200);
    }

    @Test
    void aGetThatTimesOutIsRetried() {
        RawUpstream upstream = fixture.upstream(failingFirst(1, RawUpstream.neverResponds()));
        TestRoute route = fixture.route(upstream).timeouts(attempt(Duration.ofMillis(400)));
        assertThat(Exchanges.finish(route.handle(Exchanges.get("/users")))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void aGatewayErrorOfTheUpstreamIsRetried(int status) {
        RawUpstream upstream = fixture.upstream(failingFirst(1, answersOnce(status, "X-Later: yes")));
        assertThat(Exchanges.finish(fixture.route(upstream).handle(Exchanges.get("/users"))))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 404, 429, 500, 501})
    void otherResponsesAreNotRetried(int status) {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(status, "passed"));
        assertThat(Exchanges.finish(fixture.route(upstream).handle(Exchanges.get("/users"))))
                .isEqualTo(status);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void aPostThatIsResetAfterItWasSentIsSentOnce() {
        RawUpstream upstream = fixture.upstream(RawUpstream.resetsBeforeHead());
        ExchangeException failure = failure(fixture.route(upstream), Exchanges.of("POST", "/users", "{}"));
        assertThat(failure.kind()).isEqualTo(FailureKind.RESET);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void aPostThatTheUpstreamRejectsIsSentOnce() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(503, "busy"));
        assertThat(Exchanges.finish(fixture.route(upstream).handle(Exchanges.of("POST", "/users", "{}"))))
                .isEqualTo(503);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void aPostThatCannotConnectGoesToAnotherTarget() {
        RawUpstream dead = fixture.dead();
        RawUpstream alive = fixture.upstream(RawUpstream.answers(200, "here"));
        FinalResponse answer =
                (FinalResponse) fixture.route(dead, alive).handle(Exchanges.of("POST", "/users", "{\"name\": 1}"));
        assertThat(Exchanges.text(answer)).isEqualTo("here");
        assertThat(alive.requests()).extracting(RawUpstream.Request::body).containsExactly("{\"name\": 1}");
    }

    @Test
    void aStoredBodyIsSentAgain() {
        String body = "y".repeat(64 << 10);
        RawUpstream upstream = fixture.upstream(failingFirst(2, RawUpstream.resetsBeforeHead()));
        assertThat(Exchanges.finish(fixture.route(upstream).handle(put(body)))).isEqualTo(200);
        assertThat(upstream.requests())
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.body()).isEqualTo(body));
    }

    @Test
    void aBodyThatIsTooLargeToStoreIsSentOnce() {
        RawUpstream upstream = fixture.upstream(RawUpstream.resetsBeforeHead());
        ExchangeException failure = failure(fixture.route(upstream), put(BIG));
        assertThat(failure.kind()).isEqualTo(FailureKind.RESET);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void anUnreadLargeBodyIsRetried() {
        RawUpstream busy = fixture.upstream(connection -> {
            connection.head();
            connection.answer(503, "Connection: close", "too busy to accept it");
        });
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(200, "taken"));
        Headers headers = Headers.of("Content-Length", Integer.toString(BIG.length()), "Expect", "100-continue");
        Exchange exchange = Exchanges.of("PUT", "/users", headers, Body.of(BIG.getBytes(StandardCharsets.UTF_8)));
        assertThat(Exchanges.text(fixture.route(busy, upstream).handle(exchange)))
                .isEqualTo("taken");
        assertThat(upstream.requests()).extracting(RawUpstream.Request::body).containsExactly(BIG);
    }

    @Test
    void clientErrorsAreNotRetried() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(200, "ok"));
        Exchange exchange = Exchanges.cut("/users");
        ExchangeException failure = failure(fixture.route(upstream), exchange);
        assertThat(failure.kind().faultParty()).isEqualTo(FailureKind.FaultParty.CLIENT);
        assertThat(exchange.context().attempts()).isEqualTo(1);
    }

    @Test
    void theLastResponseIsReturnedWhenAllAttemptsFail() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(503, "Retry-After: 0", "busy"));
        FinalResponse answer = (FinalResponse) fixture.route(upstream).handle(Exchanges.get("/users"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().first("Retry-After")).isEqualTo("0");
        assertThat(Exchanges.text(answer)).isEqualTo("busy");
        assertThat(upstream.requests()).hasSize(3);
    }

    @Test
    void aRetriedResponseLeaksNoConnection() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(503, "busy"));
        Exchanges.finish(fixture.route(upstream).handle(Exchanges.get("/users")));
        assertThat(upstream.requests()).hasSize(3);
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void theBackOffGrowsAndIsRandom() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(503, "busy"));
        List<Duration> waits = new ArrayList<>();
        TestRoute route = fixture.route(upstream).retries(5).pause(waits::add);
        for (int i = 0; i < 5; i++) {
            Exchanges.finish(route.handle(Exchanges.get("/users")));
        }
        assertThat(waits).hasSize(25).allSatisfy(wait -> assertThat(wait).isLessThanOrEqualTo(Duration.ofMillis(250)));
        assertThat(waits.stream().distinct().count()).isGreaterThan(20);
        assertThat(List.of(waits.get(0), waits.get(5), waits.get(10), waits.get(15), waits.get(20)))
                .allSatisfy(wait -> assertThat(wait).isLessThanOrEqualTo(Duration.ofMillis(25)));
    }

    @Test
    void theRetryAfterOfTheUpstreamIsHonored() {
        RawUpstream upstream = fixture.upstream(failingFirst(1, answersOnce(503, "Retry-After: 3")));
        List<Duration> waits = new ArrayList<>();
        assertThat(Exchanges.finish(fixture.route(upstream).pause(waits::add).handle(Exchanges.get("/users"))))
                .isEqualTo(200);
        assertThat(waits).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void theBackOffHoldsNoConnection() {
        RawUpstream upstream = fixture.upstream(connection -> {
            connection.request();
            connection.write("HTTP/1.1 503 Busy\r\nContent-Length: 10\r\n\r\nbu");
            connection.rest();
        });
        TestRoute route = fixture.route(upstream).pause(wait -> await().until(() -> upstream.open() == 0));
        ((FinalResponse) route.handle(Exchanges.get("/users"))).body().close();
        assertThat(upstream.requests()).hasSize(3);
    }

    @Test
    void aRetryAfterBeyondTheDeadlineIsReturnedImmediately() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(503, "Retry-After: 11", "busy"));
        List<Duration> waits = new ArrayList<>();
        FinalResponse answer =
                (FinalResponse) fixture.route(upstream).pause(waits::add).handle(Exchanges.get("/users"));
        assertThat(Exchanges.finish(answer)).isEqualTo(503);
        assertThat(answer.headers().first("Retry-After")).isEqualTo("11");
        assertThat(waits).isEmpty();
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void noAttemptBeginsAfterTheDeadline() {
        ManualTicker ticker = new ManualTicker();
        RawUpstream upstream = fixture.upstream(connection -> {
            connection.request();
            ticker.advance(Duration.ofSeconds(30));
            connection.answer(503, "busy");
        });
        TimeBudget budget = new TimeBudget(Duration.ofSeconds(30), ticker);
        Exchange exchange = Exchanges.of("GET", "/users", Headers.EMPTY, Body.EMPTY, "127.0.0.1", budget);
        assertThat(Exchanges.finish(fixture.route(upstream).handle(exchange))).isEqualTo(503);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void theRetryBudgetLimitsTheAttemptsOfAFailingRoute() {
        ManualTicker ticker = new ManualTicker();
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(503, "down"));
        TestRoute route = fixture.route(ticker, upstream);
        for (int i = 0; i < 1_000; i++) {
            ticker.advance(Duration.ofMillis(10));
            Exchanges.finish(route.handle(Exchanges.get("/users")));
        }
        assertThat(upstream.requests().size()).isGreaterThan(1_200).isLessThanOrEqualTo((int)
                (1.2 * 1_000 + 30 + 3 * 10));
        assertThat(route.scrape()).containsPattern("gateway_retry_budget_exhausted_total\\{route=\"users\"} [1-9]");
    }

    @Test
    void aConnectFailureWithAnotherTargetCostsNoBudget() {
        ManualTicker ticker = new ManualTicker();
        RawUpstream dead = fixture.dead();
        RawUpstream alive = fixture.upstream(RawUpstream.answers(200, "here"));
        TestRoute route = fixture.route(ticker, dead, alive);
        for (int i = 0; i < 500; i++) {
            assertThat(Exchanges.finish(route.handle(Exchanges.get("/users")))).isEqualTo(200);
        }
        assertThat(alive.requests()).hasSize(500);
        assertThat(route.scrape()).contains("gateway_retry_budget_exhausted_total{route=\"users\"} 0.0");
    }

    @Test
    void retriesAreCountedByTheirReason() {
        RawUpstream upstream = fixture.upstream(failingFirst(1, RawUpstream.resetsBeforeHead()));
        TestRoute route = fixture.route(upstream);
        Exchanges.finish(route.handle(Exchanges.get("/users")));
        assertThat(route.scrape()).contains("gateway_retries_total{reason=\"reset\",route=\"users\"} 1.0");
    }

    /** Fails on the first connections, and responds on later ones. */
    private static RawUpstream.Conduct failingFirst(int count, RawUpstream.Conduct failing) {
        AtomicInteger connections = new AtomicInteger();
        return connection -> {
            if (connections.getAndIncrement() < count) {
                failing.serve(connection);
            } else {
                RawUpstream.answers(200, "ok").serve(connection);
            }
        };
    }

    private static RawUpstream.Conduct answersOnce(int status, String field) {
        return connection -> {
            connection.request();
            connection.answer(status, field, "busy");
        };
    }

    private static Timeouts attempt(Duration time) {
        return new Timeouts(Duration.ofSeconds(1), time, Duration.ofSeconds(5));
    }

    private static Exchange put(String body) {
        return Exchanges.of("PUT", "/users", body);
    }

    private static ExchangeException failure(TestRoute route, Exchange exchange) {
        return catchThrowableOfType(ExchangeException.class, () -> route.handle(exchange));
    }
}
