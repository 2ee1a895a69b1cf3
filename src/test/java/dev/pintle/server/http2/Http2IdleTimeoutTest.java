package dev.pintle.server.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.ManualTicker;
import dev.pintle.testing.RawHttp2Client;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.junit.jupiter.api.Test;

/** A client has a second to close its side of a connection that ends. */
class Http2IdleTimeoutTest {
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ManualTicker ticker = new ManualTicker();

    @Test
    void theSecondBeginsWithTheGoaway() throws Exception {
        try (TestHttp2Server server = new TestHttp2Server(IDLE);
                RawHttp2Client client = RawHttp2Client.to(server.port())) {
            client.until(RawHttp2Client.SETTINGS);
            HTTP2Connection connection = server.connection();
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
