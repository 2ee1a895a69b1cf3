package dev.pintle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.HostPort;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * The defects of Jetty that classes of this package work around. A test that fails shows that Jetty has fixed one:
 * delete the workaround then.
 */
class JettyDefectsTest {
    private static final int MAX_HEAD = 1_000;

    /** For {@link JettyLoggers}. */
    @Test
    void jettyLogsTheHostOfAClient() {
        Logger logger = (Logger) LoggerFactory.getLogger("org.eclipse.jetty.util.HostPort");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        var before = logger.getLevel();
        logger.setLevel(null);
        logger.addAppender(lines);
        try {
            HostPort.unsafe("[evil");
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(before);
        }
        assertThat(lines.list).anyMatch(line -> line.getFormattedMessage().contains("evil"));
    }

    /** For {@code Http2Parser}: a stream error would allow a response 431. */
    @Test
    void jettyEndsTheConnectionForAHeadAboveItsLimit() {
        assertThatThrownBy(() -> decode("x-large", "v".repeat(2 * MAX_HEAD)))
                .isInstanceOf(HpackException.SessionException.class);
    }

    /** For {@code Http2RequestValidator}. */
    @Test
    void jettyAcceptsAContentLengthWithASign() throws Exception {
        assertThat(decode("content-length", "+3").getContentLength()).isEqualTo(3);
    }

    private static MetaData decode(String name, String value) throws HpackException {
        String block =
                RawHttp2Client.block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/", name, value);
        HpackDecoder decoder = new HpackDecoder(MAX_HEAD, System::nanoTime);
        return decoder.decode(ByteBuffer.wrap(block.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** For {@link PeekableConnector}. */
    @Test
    void jettyShortensTheIdleTimeoutOfAConnectionWithARequest() throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                return true;
            }
        });
        server.start();
        try (RawClient client = RawClient.to(connector.getLocalPort())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            await().until(() -> connector.getConnectedEndPoints().size() == 1);
            Future<Void> _ = connector.shutdown();
            assertThat(connector.getConnectedEndPoints())
                    .allMatch(endPoint -> endPoint.getIdleTimeout() == connector.getShutdownIdleTimeout());
        } finally {
            server.stop();
        }
    }
}
