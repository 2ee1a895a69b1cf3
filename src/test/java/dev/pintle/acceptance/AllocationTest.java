package dev.pintle.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pintle.testing.TestGateway;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** An ordinary exchange allocates little memory. Unlike its time, this is the same on a busy machine. */
class AllocationTest {
    /** The whole gateway, client and upstream. Code that is not fully optimized, as in tests, allocates twice as much. */
    private static final long MAX_BYTES = 60 << 10;

    private static final int WARM_UP = 2_000;
    private static final int REQUESTS = 2_000;
    private static final byte[] REQUEST =
            "GET /small HTTP/1.1\r\nHost: a\r\nUser-Agent: t\r\n\r\n".getBytes(ISO_8859_1);
    private static final byte[] RESPONSE = ("HTTP/1.1 200 OK\r\nServer: s\r\nContent-Type: text/plain\r\n"
                    + "Content-Length: 200\r\n\r\n" + "x".repeat(199) + "$")
            .getBytes(ISO_8859_1);

    private final byte[] buffer = new byte[8 << 10];

    @Test
    void aSmallGetAllocatesLittle() throws Exception {
        try (TestGateway gateway = TestGateway.start();
                ServerSocket upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Socket client = new Socket()) {
            Thread.ofPlatform().daemon().start(() -> serve(upstream));
            gateway.route("small", "/small", "http://127.0.0.1:" + upstream.getLocalPort());
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
            send(client, WARM_UP);
            long before = allocated();
            send(client, REQUESTS);
            assertThat((allocated() - before) / REQUESTS).isLessThan(MAX_BYTES);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }

    private void send(Socket client, int requests) throws IOException {
        for (int i = 0; i < requests; i++) {
            client.getOutputStream().write(REQUEST);
            readUntil(client.getInputStream(), buffer, '$');
        }
    }

    /** Answers all requests of one connection after the other, without allocating. */
    private static void serve(ServerSocket upstream) {
        byte[] request = new byte[8 << 10];
        while (!upstream.isClosed()) {
            try (Socket connection = upstream.accept()) {
                while (true) {
                    readUntil(connection.getInputStream(), request, '\n');
                    connection.getOutputStream().write(RESPONSE);
                }
            } catch (IOException e) {
                // The gateway closed the connection, or the test ended.
            }
        }
    }

    private static void readUntil(InputStream in, byte[] buffer, char end) throws IOException {
        int read = in.read(buffer);
        while (read > 0 && buffer[read - 1] != end) {
            read = in.read(buffer);
        }
        if (read < 0) {
            throw new EOFException("the connection ended");
        }
    }
}
