package dev.pintle.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.testing.Exchanges;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawUpstream;
import dev.pintle.time.Ticker;
import dev.pintle.time.Watchdog;
import dev.pintle.upstream.http1.ConnectionPool;
import dev.pintle.upstream.http1.Http1UpstreamClient;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DialerTest {
    private static final String METADATA = "169.254.169.254";
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final Deque<List<InetAddress>> answers = new ArrayDeque<>();
    private RawUpstream upstream;
    private Http1UpstreamClient client;

    @BeforeEach
    void begin() {
        upstream = fixture.upstream(connection -> {
            if (connection.request() != null) {
                connection.write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
            }
        });
        Dialer dialer = new Dialer(this::addressesOf, new EgressPolicy(List.of()), Ticker.SYSTEM);
        client = new Http1UpstreamClient(
                fixture.keep(new ConnectionPool(dialer, 8 << 10)), fixture.keep(new Watchdog(Ticker.SYSTEM)));
    }

    private List<InetAddress> addressesOf(String host, long nanos) throws UnknownHostException {
        assertThat(host).isEqualTo("upstream.test");
        if (answers.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return answers.remove();
    }

    @Test
    void eachConnectionLooksTheNameUpAnew() {
        answer("127.0.0.1");
        answer("127.0.0.2");
        assertThat(ask()).isEqualTo(204);
        ExchangeException moved = failure();
        assertThat(moved.sentence()).endsWith("connection refused");
        assertThat(failure().sentence()).endsWith("unknown host");
    }

    @Test
    void theNextAddressIsTriedWhenOneRefuses() {
        answer("127.0.0.2", "127.0.0.3", "127.0.0.1");
        assertThat(ask()).isEqualTo(204);
    }

    @Test
    void aSilentAddressLeavesTimeForTheNext() throws IOException {
        try (ServerSocket silent = new ServerSocket()) {
            silent.bind(new InetSocketAddress("127.0.0.2", upstream.port()), 1);
            fill(silent);
            answer("127.0.0.2", "127.0.0.1");
            assertThat(ask()).isEqualTo(204);
        }
    }

    /** Connects until the queue is full. Linux then ignores further connections, so the last one here times out. */
    private void fill(ServerSocket server) throws IOException {
        for (int i = 0; i < 16; i++) {
            Socket socket = fixture.keep(new Socket());
            try {
                socket.connect(server.getLocalSocketAddress(), 500);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new IllegalStateException("the queue of " + server + " did not fill up");
    }

    @Test
    void aNameThatLeadsToAClosedAddressIsNotDialled() {
        answer(METADATA);
        ExchangeException failure = failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT);
        assertThat(failure.sentence())
                .contains("a cloud's metadata service", "upstreamAllow")
                .doesNotContain(METADATA);
    }

    @Test
    void closedAddressesAreLeftOut() {
        answer(METADATA, "127.0.0.1");
        assertThat(ask()).isEqualTo(204);
    }

    @Test
    void aNameThatTurnsToAClosedAddressIsJudgedAgain() {
        answer("127.0.0.1");
        answer(METADATA);
        assertThat(ask()).isEqualTo(204);
        assertThat(failure().sentence()).contains("upstreamAllow");
    }

    private void answer(String... addresses) {
        answers.add(Stream.of(addresses).map(InetAddress::ofLiteral).toList());
    }

    private int ask() {
        Target target = Target.of("http://upstream.test:" + upstream.port(), 1);
        return client.send(target, Exchanges.get("/"), TIMEOUTS).status();
    }

    private ExchangeException failure() {
        return catchThrowableOfType(ExchangeException.class, this::ask);
    }
}
