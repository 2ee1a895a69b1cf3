package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.testing.Exchanges;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestRoute;
import dev.pintle.upstream.target.Timeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** For any misbehavior of an upstream, the exchange ends with the right failure, and no connection leaks. */
class MisbehavingUpstreamTest {
    private static final Timeouts SHORT =
            new Timeouts(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofMillis(200));
    private static final Duration A_GAP = Duration.ofMillis(100);

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    static Stream<Arguments> beforeTheHead() {
        return Stream.of(
                fault("never responds", RawUpstream.neverResponds(), FailureKind.TIMEOUT),
                fault("sends its head slowly", RawUpstream.respondsSlowly(A_GAP), FailureKind.TIMEOUT),
                fault("resets before its head", RawUpstream.resetsBeforeHead(), FailureKind.RESET),
                fault("resets in its head", RawUpstream.resetsInHead(), FailureKind.RESET),
                fault("responds with garbage", RawUpstream.answersGarbage(), FailureKind.RESET),
                fault("closes without a response", connection -> connection.request(), FailureKind.RESET));
    }

    @ParameterizedTest
    @MethodSource("beforeTheHead")
    void aFaultBeforeTheHeadFailsTheAttempt(RawUpstream.Conduct conduct, FailureKind kind) {
        RawUpstream upstream = fixture.upstream(conduct);
        TestRoute route = route(upstream, kind).retries(0);
        ExchangeException failure =
                catchThrowableOfType(ExchangeException.class, () -> route.handle(Exchanges.get("/users")));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.sentence()).contains(upstream.url());
        assertThat(route.scrape()).contains("outcome=\"" + kind.name().toLowerCase(Locale.ROOT) + "\"");
        Awaitility.await().until(() -> upstream.open() == 0);
    }

    static Stream<Arguments> inTheBody() {
        return Stream.of(
                fault("stalls after its head", RawUpstream.stallsAfterHead(), FailureKind.TIMEOUT),
                fault("resets after its head", RawUpstream.resetsAfterHead(), FailureKind.RESET),
                fault("ends too early", MisbehavingUpstreamTest::endsTooEarly, FailureKind.RESET));
    }

    @ParameterizedTest
    @MethodSource("inTheBody")
    void aFaultInTheBodyBreaksOffTheResponse(RawUpstream.Conduct conduct, FailureKind kind) {
        RawUpstream upstream = fixture.upstream(conduct);
        FinalResponse answer = (FinalResponse) route(upstream, kind).handle(Exchanges.get("/users"));
        assertThat(answer.status()).isEqualTo(200);
        ExchangeException failure = catchThrowableOfType(ExchangeException.class, () -> Exchanges.text(answer));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(upstream.requests()).hasSize(1);
        Awaitility.await().until(() -> upstream.open() == 0);
    }

    @Test
    void aDeadPortCannotBeReached() {
        RawUpstream dead = fixture.dead();
        TestRoute route = fixture.route(dead).retries(0);
        ExchangeException failure =
                catchThrowableOfType(ExchangeException.class, () -> route.handle(Exchanges.get("/users")));
        assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT);
        assertThat(failure.sentence()).isEqualTo("no connection to " + dead.url() + ": connection refused");
    }

    @Test
    void anUnknownNameCannotBeReached() {
        RawUpstream dead = fixture.dead();
        TestRoute route = fixture.route(dead).retries(0).target("http://unknown.invalid:" + dead.port());
        ExchangeException failure =
                catchThrowableOfType(ExchangeException.class, () -> route.handle(Exchanges.get("/users")));
        assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT);
    }

    @Test
    void aSlowBodyThatMovesIsNotCutOff() {
        RawUpstream upstream = fixture.upstream(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
            connection.sendSlowly("0123456789", A_GAP);
        });
        Duration lessThanAll = A_GAP.multipliedBy(8);
        TestRoute route = fixture.route(upstream).timeouts(new Timeouts(lessThanAll, lessThanAll, lessThanAll));
        assertThat(Exchanges.text(route.handle(Exchanges.get("/users")))).isEqualTo("0123456789");
    }

    @Test
    void anEarlyResponseIsDelivered() {
        RawUpstream upstream = fixture.upstream(connection -> {
            connection.head();
            connection.answer(401, "Connection: close", "unknown client");
            connection.linger();
        });
        Exchange upload = Exchanges.of("POST", "/users", "x".repeat(8 << 20));
        assertThat(Exchanges.text(fixture.route(upstream).handle(upload))).isEqualTo("unknown client");
    }

    /** Short timeouts for cases that time out, and long ones for the others. */
    private TestRoute route(RawUpstream upstream, FailureKind kind) {
        TestRoute route = fixture.route(upstream);
        return kind == FailureKind.TIMEOUT ? route.timeouts(SHORT) : route;
    }

    private static void endsTooEarly(RawUpstream.Connection connection) throws IOException {
        connection.request();
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123");
    }

    private static Arguments fault(String name, RawUpstream.Conduct conduct, FailureKind kind) {
        return Arguments.of(Named.of(name, conduct), kind);
    }
}
