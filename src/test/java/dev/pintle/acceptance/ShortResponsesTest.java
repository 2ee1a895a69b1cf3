package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A response that has arrived takes one write to the client. */
class ShortResponsesTest {
    private static final int REQUESTS = 20;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2_000, 10 << 10, 16 << 10})
    void theClientReceivesTheHeadAndTheBodyInOneRead(int length) throws IOException {
        String body = "x".repeat(length);
        try (RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, body));
                Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            gateway.route("x", "/x", upstream.url());
            byte[] buffer = new byte[64 << 10];
            for (int i = 0; i < REQUESTS; i++) {
                client.getOutputStream()
                        .write("GET /x HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                int read = client.getInputStream().read(buffer);
                assertThat(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))
                        .startsWith("HTTP/1.1 200")
                        .endsWith("\r\n\r\n" + body);
            }
        }
    }

    @Test
    void thePartThatHasArrivedIsNotHeldBack() {
        String part = "x".repeat(5_000);
        CountDownLatch received = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.that(connection -> {
                    connection.request();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10001\r\n\r\n" + part);
                    connection.await(received);
                    connection.write(part + "y");
                    connection.linger();
                });
                RawClient client = gateway.connect()) {
            gateway.route("x", "/x", upstream.url());
            client.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
            client.until("\r\n\r\n" + part);
            received.countDown();
            assertThat(client.until("y")).isEqualTo(part + "y");
        }
    }
}
