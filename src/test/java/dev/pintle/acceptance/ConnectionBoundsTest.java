package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pintle.server.guards.NodeConnectionLimit;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Clients cannot occupy all connections of a node, and cannot lock out its operator. */
class ConnectionBoundsTest {
    private static final byte[] ASK = "GET /__ready HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE_MILLIS = 10_000;

    private static Socket connected(TestGateway gateway) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Returns the first byte of a response, or -1 when the gateway closed the connection. */
    private static int firstByte(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(ASK);
            InputStream in = socket.getInputStream();
            int first = in.read();
            in.skipNBytes(in.available());
            return first;
        } catch (SocketException e) {
            return -1;
        }
    }

    @Test
    void connectionsBeyondTheClientLimitAreClosed() throws Exception {
        try (TestGateway gateway = TestGateway.start("server.maxConnectionsPerClient=2");
                Socket first = connected(gateway);
                Socket second = connected(gateway)) {
            assertThat(firstByte(first)).isEqualTo('H');
            assertThat(firstByte(second)).isEqualTo('H');
            try (Socket third = connected(gateway)) {
                assertThat(firstByte(third)).isEqualTo(-1);
            }
            assertThat(firstByte(second)).isEqualTo('H');
            first.shutdownOutput();
            await().until(() -> {
                try (Socket fourth = connected(gateway)) {
                    return firstByte(fourth) == 'H';
                }
            });
        }
    }

    @Test
    void aNodeAtItsLimitReportsItAndAcceptsAgainWhenAConnectionCloses() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(NodeConnectionLimit.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        try (TestGateway gateway = TestGateway.start("server.maxConnections=2")) {
            logger.addAppender(lines);
            try (Socket first = connected(gateway);
                    Socket second = connected(gateway);
                    Socket third = connected(gateway)) {
                assertThat(firstByte(first)).isEqualTo('H');
                assertThat(firstByte(second)).isEqualTo('H');
                third.getOutputStream().write(ASK);
                third.setSoTimeout(300);
                assertThat(read(third)).isEqualTo("nothing yet");
                assertThat(gateway.admin("GET", "/__metrics", "").body())
                        .contains("\ngateway_connection_limit_reached_total 1.0\n");
                first.shutdownOutput();
                third.setSoTimeout(PATIENCE_MILLIS);
                assertThat(read(third)).isEqualTo("H");
            }
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains(
                        "The gateway port has 2 connections, the limit server.maxConnections. It accepts none until one"
                                + " closes. Raise server.maxConnections and the heap, or add nodes.");
    }

    private static String read(Socket socket) throws IOException {
        try {
            return Character.toString(socket.getInputStream().read());
        } catch (SocketTimeoutException e) {
            return "nothing yet";
        }
    }
}
