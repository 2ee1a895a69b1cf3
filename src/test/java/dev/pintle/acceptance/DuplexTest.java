package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawHttp2Upstream;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A request continues after its successful response has begun. */
class DuplexTest {
    private static final String BEGIN = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n";
    private static final String END = "0\r\n\r\n";
    private static final String POST = "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static TestGateway gateway;

    private final RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    /** Answers each part of the request before the next one. */
    private void converse() {
        upstream.now(connection -> {
            connection.head();
            connection.until("one\r\n");
            connection.write(BEGIN);
            connection.until("two\r\n");
            connection.write("6\r\nsecond\r\n");
            connection.until(END);
            connection.write(END);
        });
    }

    @Test
    void bothDirectionsFlowOverHttp1AndTheConnectionCloses() {
        gateway.route("x", "/x", upstream.url());
        converse();
        try (RawClient client = gateway.connect()) {
            client.send(POST + "3\r\none\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200").contains("\r\nConnection: close\r\n");
            assertThat(client.until("first")).endsWith("first");
            client.send("3\r\ntwo\r\n");
            assertThat(client.until("second")).endsWith("second");
            client.send(END);
            assertThat(client.rest()).isEqualTo("\r\n" + END);
        }
    }

    @Test
    void bothDirectionsFlowFromHttp2ToHttp1() {
        gateway.route("x", "/x", upstream.url());
        converse();
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.request(1, 0, "POST", "/x").data(1, 0, "one");
            assertThat(client.until(RawHttp2Client.DATA).getLast().payload()).isEqualTo("first");
            client.data(1, 0, "two");
            assertThat(client.until(RawHttp2Client.DATA).getLast().payload()).isEqualTo("second");
            client.data(1, RawHttp2Client.END_STREAM, "");
            assertThat(client.until(RawHttp2Client.DATA).getLast().has(RawHttp2Client.END_STREAM))
                    .isTrue();
        }
    }

    @Test
    void bothDirectionsFlowFromHttp1ToHttp2() {
        gateway.admin("PUT", "/api/v1/routes/x", """
                {"match": {"path": "/x"}, "upstream": {"protocol": "h2c", "targets": [{"url": "%s"}]}}
                """.formatted(upstream.url()));
        upstream.now(RawHttp2Upstream.that(connection -> {
            int stream = connection.request();
            connection.next(RawHttp2Client.DATA);
            connection.headers(stream, 0, ":status", "200").send(RawHttp2Client.DATA, 0, stream, "first");
            String second = connection.next(RawHttp2Client.DATA).payload();
            connection.send(RawHttp2Client.DATA, RawHttp2Client.END_STREAM, stream, "after " + second);
            connection.linger();
        }));
        try (RawClient client = gateway.connect()) {
            client.send(POST + "3\r\none\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200").contains("\r\nConnection: close\r\n");
            assertThat(client.until("first")).endsWith("first");
            client.send("3\r\ntwo\r\n");
            assertThat(client.rest()).isEqualTo("\r\n9\r\nafter two\r\n" + END);
        }
    }

    /** The upstream sends each byte back as it arrives, as proxies and filters in many languages do. */
    @Test
    void anEchoOfSeveralMegabytesArrivesWhole() {
        gateway.route("x", "/x", upstream.url());
        int size = 8 << 20;
        upstream.now(connection -> {
            connection.head();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
            byte[] buffer = new byte[8 << 10];
            for (int left = size; left > 0; ) {
                int read = connection.in().read(buffer);
                connection.out().write(buffer, 0, read);
                left -= read;
            }
            connection.linger();
        });
        try (RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: " + size + "\r\n\r\n");
            Thread.ofVirtual().start(() -> client.send("x".repeat(size)));
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(client.rest()).hasSize(size);
        }
    }

    @Test
    void theEndOfTheResponseEndsTheRequest() {
        gateway.route("x", "/x", upstream.url());
        CompletableFuture<String> rest = new CompletableFuture<>();
        upstream.now(connection -> {
            connection.head();
            connection.until("one\r\n");
            connection.write(BEGIN + END);
            rest.complete(connection.rest());
        });
        try (RawClient client = gateway.connect()) {
            client.send(POST + "3\r\none\r\n");
            assertThat(client.until(END)).endsWith("first\r\n" + END);
            assertThat(rest.join()).isEmpty();
            // The rest of the body is not a request.
            client.sendIfOpen("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aRequestThatBreaksOffBreaksTheResponseOff() {
        gateway.route("x", "/x", upstream.url());
        CompletableFuture<String> rest = new CompletableFuture<>();
        upstream.now(connection -> {
            connection.head();
            connection.until("one\r\n");
            connection.write(BEGIN);
            rest.complete(connection.rest());
        });
        try (RawClient client = gateway.connect()) {
            client.send(POST + "3\r\none\r\n");
            client.until("first");
            client.send("zzz\r\n");
            assertThat(client.rest()).doesNotContain(END);
            assertThat(rest.join()).isEmpty();
        }
    }

    /** The limit on the silence of the response applies, and none on the request that is stuck. */
    @Test
    void anUpstreamThatAnswersNeedNotReadTheRequest() {
        gateway.route("x", "/x", upstream.url(), ", \"timeout\": {\"idle\": \"700ms\"}");
        CountDownLatch cut = new CountDownLatch(1);
        upstream.now(connection -> {
            connection.head();
            connection.write(BEGIN);
            connection.sendSlowly("1\r\n.\r\n".repeat(3), Duration.ofMillis(100));
            connection.write("4\r\nlast\r\n");
            connection.await(cut);
        });
        try (RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n");
            Thread.ofVirtual().start(() -> sendUntilCut(client));
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(client.until("last")).endsWith("last");
            assertThat(client.rest()).doesNotContain(END);
        } finally {
            cut.countDown();
        }
    }

    private static void sendUntilCut(RawClient client) {
        try {
            while (true) {
                client.send("x".repeat(64 << 10));
            }
        } catch (UncheckedIOException e) {
            // The gateway has closed the connection.
        }
    }
}
