package dev.pintle.server.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawHttp2Client;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A server that stops waits until the connections of its HTTP/2 sessions are closed, whatever the state of the
 * sessions.
 */
class Http2ShutdownWorkaroundTest {
    private final CompletableFuture<HTTP2Connection> opened = new CompletableFuture<>();
    private final Server server = new Server();
    private final ServerConnector connector =
            new ServerConnector(server, new Http2ConnectionFactory(new HttpConfiguration(), "h2c"));

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
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
    void theShutdownOfASessionCompletesWithItsConnection() {
        try (RawHttp2Client client = RawHttp2Client.to(connector.getLocalPort())) {
            client.until(RawHttp2Client.SETTINGS);
            HTTP2Connection connection = opened.join();
            CompletableFuture<Void> shutdown = connection.getSession().shutdown();
            assertThat(shutdown).isNotDone();
            new Http2ShutdownWorkaround().onClosed(connection);
            assertThat(shutdown).isCompleted();
        }
    }
}
