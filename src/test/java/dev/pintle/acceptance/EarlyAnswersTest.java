package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A response that precedes the end of the upload reaches the client, whatever the client does in between. */
class EarlyAnswersTest {
    private static final String REFUSAL = "HTTP/1.1 413 Large\r\nContent-Length: 4\r\nConnection: close\r\n\r\nmuch";
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

    private void route(String further) {
        gateway.route("x", "/x", upstream.url(), further);
    }

    /** The upstream responds to the sent part of the body, and the client waits for that response. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000, 300_000})
    void aClientThatStoppedSendingGetsTheResponse(int sent) {
        route("");
        upstream.now(connection -> {
            connection.head();
            connection.bytes(sent);
            connection.write(REFUSAL);
            connection.linger();
        });
        try (RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n" + "x".repeat(sent));
            assertThat(client.head()).startsWith("HTTP/1.1 413");
            assertThat(client.until("much")).isEqualTo("much");
        }
    }

    @Test
    void theTruncatedRequestNeverLooksComplete() {
        route("");
        CompletableFuture<String> rest = new CompletableFuture<>();
        upstream.now(connection -> {
            connection.head();
            connection.bytes("5\r\nhello\r\n".length());
            connection.write(REFUSAL);
            rest.complete(connection.rest());
        });
        try (RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 413");
            assertThat(client.until("much")).isEqualTo("much");
            assertThat(rest.join()).isEmpty();
        }
    }

    @Test
    void aResponseOfAnUpstreamThatStopsReadingIsDelivered() {
        route("");
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch received = new CountDownLatch(1);
        upstream.now(connection -> {
            connection.head();
            connection.await(stuck);
            connection.write(REFUSAL);
            connection.await(received);
        });
        AtomicInteger sent = new AtomicInteger();
        try (RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n");
            Thread.ofVirtual().start(() -> sendUntilCut(client, sent));
            await().during(Duration.ofMillis(300)).until(sent::get, new Unchanged()::is);
            stuck.countDown();
            assertThat(client.head()).startsWith("HTTP/1.1 413");
            assertThat(client.until("much")).isEqualTo("much");
        } finally {
            received.countDown();
        }
    }

    private static void sendUntilCut(RawClient client, AtomicInteger sent) {
        try {
            while (true) {
                client.send("x".repeat(64 << 10));
                sent.incrementAndGet();
            }
        } catch (UncheckedIOException e) {
            // The gateway has closed the connection.
        }
    }

    /** Returns whether a number is the same as in the previous call. */
    private static final class Unchanged {
        private int last = -1;

        boolean is(int now) {
            boolean same = now > 0 && now == last;
            last = now;
            return same;
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, 0", "PUT, 0", "POST, 0", "POST, 100"})
    void anUpstreamDisconnectIsDetectedWhileTheClientIsSilent(String method, int sent) {
        route(", \"retry\": {\"max\": 0}");
        upstream.now(connection -> {
            connection.head();
            connection.bytes(sent);
        });
        try (RawClient client = gateway.connect()) {
            client.send(method + " /x HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(sent));
            assertThat(client.head()).startsWith("HTTP/1.1 502");
            assertThat(client.until("}")).contains("\"code\":\"upstream-reset\"");
        }
    }

    @Test
    void aRetryAfterAnEarlyFailureSendsTheWholeBody() {
        route("");
        CountDownLatch again = new CountDownLatch(1);
        upstream.now(connection -> {
            connection.head();
            connection.bytes(5);
            upstream.now(second -> {
                second.head();
                assertThat(second.bytes(5)).isEqualTo("01234");
                again.countDown();
                assertThat(second.bytes(5)).isEqualTo("56789");
                second.answer(200, "hello");
            });
            connection.write("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
            connection.linger();
        });
        try (RawClient client = gateway.connect()) {
            client.send("PUT /x HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n01234");
            await().until(() -> again.getCount() == 0);
            client.send("56789");
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(client.until("hello")).isEqualTo("hello");
        }
    }

    @Test
    void interimResponsesReachAClientDuringItsUpload() {
        route("");
        upstream.now(connection -> {
            connection.head();
            connection.bytes(5);
            connection.write("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
            connection.bytes(5);
            connection.answer(200, "hello");
        });
        try (RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n01234");
            assertThat(client.head()).startsWith("HTTP/1.1 103").contains("Link: </a.css>");
            client.send("56789");
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(client.until("hello")).isEqualTo("hello");
        }
    }
}
