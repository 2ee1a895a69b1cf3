package dev.pintle.server.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.ManualTicker;
import dev.pintle.testing.RawHttp2Client;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client has a second to close its side of a connection that ends. */
class Http2IdleTimeoutTest {
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final CompletableFuture<HTTP2Connection> opened = new CompletableFuture<>();
    private final ManualTicker ticker = new ManualTicker();
    private final Server server = new Server();
    private final ServerConnector connector =
            new ServerConnector(server, new Http2ConnectionFactory(new HttpConfiguration(), "h2c"));

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(IDLE.toMillis());
        connector.addEventListener(new Connection.Listener() {
            @Override
            public void onOpened(Connection connection) {
                opened.complete((HTTP2Connection) connection);
            }
        });
        server.addConnector(connector);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void theSecondBeginsWithTheGoaway() {
        try (RawHttp2Client client = RawHttp2Client.to(connector.getLocalPort())) {
            client.until(RawHttp2Client.SETTINGS);
            HTTP2Connection connection = opened.join();
            Runnable check = Objects.requireNonNull(new Http2IdleTimeout(ticker).watch(connection));
            check.run();
            ticker.advance(IDLE.minusSeconds(1));
            var _ = connection.getSession().shutdown();
            assertThat(client.until(RawHttp2Client.GOAWAY).getLast().error()).isZero();
            check.run();
            ticker.advance(Duration.ofMillis(900));
            check.run();
            assertThat(connection.getEndPoint().isOpen()).isTrue();
            ticker.advance(Duration.ofMillis(200));
            check.run();
            client.until(-1);
            assertThat(client.frame()).isNull();
        }
    }
}
