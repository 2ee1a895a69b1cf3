package dev.pintle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.component.LifeCycle;
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

    /** For {@code HostHeader}. RFC 3986 section 3.2.3 allows an empty port. */
    @Test
    void jettyRejectsAnEmptyPort() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HostPort("h:"));
    }

    /** For {@code RequestLineScanner}. */
    @Test
    void jettyAcceptsTwoSpacesInARequestLine() throws Exception {
        try (JettyServer server = new JettyServer(true);
                RawClient client = RawClient.to(server.port())) {
            client.send("GET  / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.until("\r\n")).startsWith("HTTP/1.1 200");
        }
    }

    /** For {@link PeekableConnector}. */
    @Test
    void jettyShortensTheIdleTimeoutOfAConnectionWithARequest() throws Exception {
        try (JettyServer server = new JettyServer(false);
                RawClient client = RawClient.to(server.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            ServerConnector connector = server.connector;
            await().until(() -> connector.getConnectedEndPoints().size() == 1);
            Future<Void> _ = connector.shutdown();
            assertThat(connector.getConnectedEndPoints())
                    .hasSize(1)
                    .allMatch(endPoint -> endPoint.getIdleTimeout() == connector.getShutdownIdleTimeout());
        }
    }

    /** For {@code Http2ClosedStreamGuard}. RFC 9113 section 6.1 requires a stream error. */
    @Test
    void jettyAnswersNoDataOnAStreamThatHasEnded() throws Exception {
        try (JettyServer server = new JettyServer(true, new HTTP2CServerConnectionFactory(new HttpConfiguration()));
                RawHttp2Client client = RawHttp2Client.to(server.port())) {
            client.get(1, "/").answer(1);
            ping(client);
            client.data(1, RawHttp2Client.END_STREAM, "x");
            assertThat(ping(client)).noneMatch(frame -> frame.type() == RawHttp2Client.RST_STREAM);
        }
    }

    /** For {@code EndPointStream}: the session never removes the stream. */
    @Test
    void jettyCountsAStreamThatItsEndPointClosed() throws Exception {
        try (JettyServer server = new JettyServer(
                        JettyDefectsTest::closeTunnel, new HTTP2CServerConnectionFactory(new HttpConfiguration()));
                RawHttp2Client client = RawHttp2Client.to(server.port())) {
            client.webSocket(1, "/").until(RawHttp2Client.DATA);
            client.data(1, RawHttp2Client.END_STREAM, "");
            ping(client);
            HTTP2Connection connection = (HTTP2Connection)
                    server.connector.getConnectedEndPoints().iterator().next().getConnection();
            assertThat(connection.getSession().getStreamCount()).isEqualTo(1);
        }
    }

    private static void closeTunnel(Request request, Callback callback) {
        EndPoint endPoint = Objects.requireNonNull(request.getTunnelSupport()).getEndPoint();
        endPoint.setConnection(new AbstractConnection(endPoint, Runnable::run) {
            @Override
            public void onFillable() {
                // Nothing reads it.
            }
        });
        endPoint.close();
    }

    /** Returns the frames up to the response to a PING, which the server sends after all that came before. */
    private static List<RawHttp2Client.Frame> ping(RawHttp2Client client) {
        return client.send(RawHttp2Client.PING, 0, 0, "12345678").until(RawHttp2Client.PING);
    }

    /** Jetty without the classes of this package. */
    private static final class JettyServer implements AutoCloseable {
        private final Server server = new Server();
        private final ServerConnector connector;

        JettyServer(boolean answers) throws Exception {
            this(answers, new HttpConnectionFactory());
        }

        /** @param answers whether requests end at once; otherwise they never end */
        JettyServer(boolean answers, ConnectionFactory protocol) throws Exception {
            this(
                    (request, callback) -> {
                        if (answers) {
                            callback.succeeded();
                        }
                    },
                    protocol);
        }

        JettyServer(BiConsumer<Request, Callback> handler, ConnectionFactory protocol) throws Exception {
            connector = new ServerConnector(server, protocol);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.setHandler(new Handler.Abstract() {
                @Override
                public boolean handle(Request request, Response response, Callback callback) {
                    handler.accept(request, callback);
                    return true;
                }
            });
            server.start();
        }

        int port() {
            return connector.getLocalPort();
        }

        @Override
        public void close() {
            LifeCycle.stop(server);
        }
    }
}
