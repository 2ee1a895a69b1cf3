package dev.pintle.server.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawHttp2Client;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.junit.jupiter.api.Test;

/**
 * A server that stops waits until the connections of its HTTP/2 sessions are closed, whatever the state of the
 * sessions.
 */
class Http2ShutdownWorkaroundTest {
    @Test
    void theShutdownOfASessionCompletesWithItsConnection() throws Exception {
        try (TestHttp2Server server = new TestHttp2Server(Duration.ofSeconds(30));
                RawHttp2Client client = RawHttp2Client.to(server.port())) {
            client.until(RawHttp2Client.SETTINGS);
            HTTP2Connection connection = server.connection();
            CompletableFuture<Void> shutdown = connection.getSession().shutdown();
            assertThat(shutdown).isNotDone();
            new Http2ShutdownWorkaround().onClosed(connection);
            assertThat(shutdown).isCompleted();
        }
    }
}
