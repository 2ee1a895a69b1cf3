package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.Headers;
import dev.pintle.testing.Exchanges;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestRoute;
import dev.pintle.upstream.circuitbreaker.CircuitState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Upstreams may close idle connections at any time without effect on clients. */
class IdleConnectionsTest {
    private static final int MANY = 1_000;

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    @Test
    void aThousandPostsAreDeliveredOnceToAnUpstreamThatClosesConnections() {
        Closing upstream = new Closing();
        TestRoute route = fixture.route(upstream.raw).circuitBreaker(1, Duration.ofSeconds(30), 1);
        for (int i = 0; i < MANY; i++) {
            Exchange exchange = Exchanges.of("POST", "/orders", "order " + i);
            assertThat(Exchanges.finish(route.handle(exchange))).isEqualTo(200);
            assertThat(exchange.context().attempts()).isEqualTo(1);
            upstream.awaitClose();
        }
        assertThat(upstream.raw.requests())
                .extracting(RawUpstream.Request::body)
                .hasSize(MANY)
                .doesNotHaveDuplicates();
        assertThat(upstream.raw.connections()).isBetween(MANY / 20, MANY / 5);
    }

    @Test
    void aThousandGetsNeedNoRetry() {
        Closing upstream = new Closing();
        TestRoute route = fixture.route(upstream.raw).circuitBreaker(1, Duration.ofSeconds(30), 1);
        for (int i = 0; i < MANY; i++) {
            Exchange exchange = Exchanges.get("/orders/" + i);
            assertThat(Exchanges.finish(route.handle(exchange))).isEqualTo(200);
            assertThat(exchange.context().attempts()).isEqualTo(1);
        }
        assertThat(route.circuits().getFirst().state()).isEqualTo(CircuitState.CLOSED);
    }

    /** Closes each connection after 1 to 20 requests, and waits for the close. */
    private final class Closing {
        private final Random random = new Random(7);
        private volatile boolean closing;
        private final RawUpstream raw = fixture.upstream(connection -> {
            for (int left = 1 + random.nextInt(20); left > 0 && connection.request() != null; left--) {
                closing = left == 1;
                connection.answer(200, "ok");
            }
        });

        void awaitClose() {
            if (closing) {
                Awaitility.with().pollInterval(Duration.ofMillis(1)).await().until(() -> raw.open() == 0);
            }
        }
    }

    @Test
    void aPostIsSentOnANewConnectionWhenTheIdleOneWasReset() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(200, "ok"));
        TestRoute route = fixture.route(upstream).retries(0);
        Exchanges.finish(route.handle(Exchanges.get("/orders")));
        upstream.resetConnections();
        assertThat(Exchanges.finish(route.handle(Exchanges.of("POST", "/orders", "{}"))))
                .isEqualTo(200);
        assertThat(upstream.connections()).isEqualTo(2);
    }

    @Test
    void aPostIsNotSentOnAConnectionWithUnsolicitedBytes() {
        RawUpstream upstream = fixture.upstream(connection -> {
            if (connection.request() != null) {
                connection.answer(200, "ok");
            }
            connection.write("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
        TestRoute route = fixture.route(upstream).retries(0);
        Exchanges.finish(route.handle(Exchanges.get("/orders")));
        Awaitility.await().until(() -> upstream.open() == 0);
        upstream.now(RawUpstream.answers(200, "ok"));
        assertThat(Exchanges.finish(route.handle(Exchanges.of("POST", "/orders", "{}"))))
                .isEqualTo(200);
    }

    /** HttpClient's own check of a connection that was idle for a second stores these bytes. */
    @Test
    void bytesThatArriveOnALongIdleConnectionAreNoAnswer() {
        CountDownLatch idle = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        RawUpstream upstream = fixture.upstream(connection -> {
            connection.request();
            connection.answer(200, "ok");
            connection.await(idle);
            connection.answer(200, "bogus");
            sent.countDown();
            connection.linger();
        });
        TestRoute route = fixture.route(upstream);
        Exchanges.finish(route.handle(Exchanges.get("/orders")));
        Awaitility.await().pollDelay(Duration.ofMillis(1_100)).until(() -> true);
        idle.countDown();
        Awaitility.await().until(() -> sent.getCount() == 0);
        upstream.now(RawUpstream.answers(200, "ok"));
        assertThat(Exchanges.text(route.handle(Exchanges.get("/orders")))).isEqualTo("ok");
    }

    @Test
    void aPutIsRetriedWithItsStoredBody() {
        // The connection is reset when the head of the second request has arrived, which no check before sending can
        // detect.
        RawUpstream upstream = fixture.upstream(connection -> {
            connection.request();
            connection.answer(200, "ok");
            connection.head();
            connection.reset();
        });
        TestRoute route = fixture.route(upstream);
        Exchanges.finish(route.handle(Exchanges.get("/orders")));
        Exchange exchange = Exchanges.of("PUT", "/orders/1", "{}");
        assertThat(Exchanges.finish(route.handle(exchange))).isEqualTo(200);
        assertThat(exchange.context().attempts()).isEqualTo(1);
        assertThat(upstream.requests()).extracting(RawUpstream.Request::body).containsExactly("", "{}");
    }

    @Test
    void aPostThatWasSentOnAReusedConnectionIsNotRepeated() {
        RawUpstream upstream = fixture.upstream(connection -> {
            connection.request();
            connection.answer(200, "ok");
            connection.request();
            connection.reset();
        });
        TestRoute route = fixture.route(upstream);
        Exchanges.finish(route.handle(Exchanges.get("/orders")));
        ExchangeException failure = catchThrowableOfType(
                ExchangeException.class, () -> route.handle(Exchanges.of("POST", "/orders", "once")));
        assertThat(failure.kind()).isEqualTo(FailureKind.RESET);
        assertThat(upstream.requests())
                .filteredOn(request -> request.method().equals("POST"))
                .hasSize(1);
    }

    @Test
    void aResetAfterTheFirstResponseByteIsAFailure() {
        RawUpstream upstream = fixture.upstream(connection -> {
            connection.request();
            connection.answer(200, "ok");
            connection.request();
            connection.write("H");
            connection.reset();
        });
        TestRoute route = fixture.route(upstream).retries(0);
        Exchanges.finish(route.handle(Exchanges.get("/orders")));
        ExchangeException failure =
                catchThrowableOfType(ExchangeException.class, () -> route.handle(Exchanges.get("/orders")));
        assertThat(failure.kind()).isEqualTo(FailureKind.RESET);
        assertThat(upstream.requests()).hasSize(2);
    }

    @Test
    void anUpstreamThatResetsEveryRequestFails() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(200, "ok"));
        TestRoute route = fixture.route(upstream).retries(0).circuitBreaker(1, Duration.ofSeconds(30), 1);
        Exchanges.finish(route.handle(Exchanges.get("/orders")));
        upstream.now(RawUpstream.resetsBeforeHead());
        upstream.resetConnections();
        ExchangeException failure =
                catchThrowableOfType(ExchangeException.class, () -> route.handle(Exchanges.get("/orders")));
        assertThat(failure.kind()).isEqualTo(FailureKind.RESET);
        assertThat(upstream.requests()).hasSize(2);
        assertThat(route.circuits().getFirst().state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aBodyOfUnknownLengthIsNotLostOnAResetConnection() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(200, "ok"));
        TestRoute route = fixture.route(upstream).retries(0);
        Exchanges.finish(route.handle(Exchanges.get("/orders")));
        upstream.resetConnections();
        Body chunked = new Body() {
            private final Body bytes = Body.of("some bytes".getBytes(StandardCharsets.UTF_8));

            @Override
            public long length() {
                return UNKNOWN;
            }

            @Override
            public InputStream stream() throws IOException {
                return bytes.stream();
            }
        };
        assertThat(Exchanges.finish(route.handle(Exchanges.of("PUT", "/orders", Headers.EMPTY, chunked))))
                .isEqualTo(200);
        assertThat(upstream.requests().getLast().body()).isEqualTo("some bytes");
    }
}
