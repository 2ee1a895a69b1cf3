package dev.pintle.upstream.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.Exchanges;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawUpstream;
import dev.pintle.time.Ticker;
import dev.pintle.time.Watchdog;
import dev.pintle.upstream.dns.Dialer;
import dev.pintle.upstream.dns.EgressPolicy;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionPoolTest {
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final AtomicInteger lookups = new AtomicInteger();

    /** Else a name that leads elsewhere would not be followed for as long as somebody asks. */
    @Test
    void aConnectionThatNeverRestsServesNoLongerThanItsAge() {
        Runnable ask = asking(new ConnectionPool(dialer(), 1_000, Duration.ofMillis(300)));
        ask.run();
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            ask.run();
            return lookups.get() > 1;
        });
    }

    @Test
    void aYoungConnectionServesAgain() {
        Runnable ask = asking(new ConnectionPool(dialer(), 1_000));
        for (int i = 0; i < 10; i++) {
            ask.run();
        }
        assertThat(lookups).hasValue(1);
    }

    /** A client could otherwise choose the answer to another client's request. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bytesThatArriveBetweenRequestsAreNoAnswer(boolean isKept) throws Exception {
        try (ServerSocket upstream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Watchdog watchdog = new Watchdog(Ticker.SYSTEM);
                ConnectionPool connections = new ConnectionPool(dialer(), 1_000)) {
            Target target = Target.of("http://upstream.test:" + upstream.getLocalPort(), 1);
            LeasedConnection lease = open(connections, watchdog, target);
            Socket accepted = upstream.accept();
            lease.listen();
            Socket socket = lease.socket();
            if (isKept) {
                lease.returnToPool(true);
                lease = open(connections, watchdog, target);
                assertThat(lease.reused()).isTrue();
            }
            accepted.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
            await().until(() -> socket.getInputStream().available() > 0);
            assertThatThrownBy(lease::listen).isInstanceOf(ConnectionClosedException.class);
            lease.abandon();
        }
    }

    private Dialer dialer() {
        return new Dialer(
                (host, nanos) -> {
                    lookups.incrementAndGet();
                    return List.of(InetAddress.getLoopbackAddress());
                },
                new EgressPolicy(List.of()),
                Ticker.SYSTEM);
    }

    /** One request after the other to the same target. */
    private Runnable asking(ConnectionPool connections) {
        Http1UpstreamClient client =
                new Http1UpstreamClient(fixture.keep(connections), fixture.keep(new Watchdog(Ticker.SYSTEM)));
        RawUpstream upstream = fixture.upstream(connection -> {
            while (connection.request() != null) {
                connection.write("HTTP/1.1 204 No Content\r\n\r\n");
            }
        });
        Target target = Target.of("http://upstream.test:" + upstream.port(), 1);
        return () -> assertThat(
                        client.send(target, Exchanges.get("/"), TIMEOUTS).status())
                .isEqualTo(204);
    }

    /** It would end a stream that rests longer than that, whatever the route allows; and it costs a timer for each read. */
    @Test
    void aConnectionHasNoTimeOutBesideTheWatchdogs() throws Exception {
        Dialer dialer = new Dialer(
                (host, nanos) -> List.of(InetAddress.getAllByName(host)), new EgressPolicy(List.of()), Ticker.SYSTEM);
        try (ServerSocket upstream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Watchdog watchdog = new Watchdog(Ticker.SYSTEM);
                ConnectionPool connections = new ConnectionPool(dialer, 1_000)) {
            Target target = Target.of("http://127.0.0.1:" + upstream.getLocalPort() + "/", 1);
            LeasedConnection lease = open(connections, watchdog, target);
            lease.listen();
            assertThat(lease.socket().getSoTimeout()).isZero();
            lease.abandon();
        }
    }

    private static LeasedConnection open(ConnectionPool connections, Watchdog watchdog, Target target)
            throws IOException {
        LeasedConnection lease = LeasedConnection.lease(connections, watchdog, target, Duration.ofSeconds(10));
        lease.connect(Duration.ofSeconds(10).toNanos());
        return lease;
    }
}
