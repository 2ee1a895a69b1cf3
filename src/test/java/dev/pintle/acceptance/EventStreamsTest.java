package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Server-sent events over real sockets. */
class EventStreamsTest {
    private static RawUpstream upstream;
    private static TestGateway gateway;
    private final CountDownLatch word = new CountDownLatch(1);

    @BeforeAll
    static void start() {
        upstream = RawUpstream.that(RawUpstream.neverResponds());
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @AfterEach
    void release() {
        word.countDown();
    }

    @Test
    void theStreamTimeoutReplacesTheIdleTimeout() {
        upstream.now(respondsSlowly("Text/Event-Stream; charset=utf-8"));
        gateway.route("events", "/events", upstream.url(), ", \"timeout\": {\"idle\": \"20ms\", \"stream\": \"20s\"}");

        assertThat(gateway.get("/events").body()).isEqualTo("123");
    }

    @Test
    void theIdleTimeoutStillBoundsOtherResponses() {
        upstream.now(respondsSlowly("text/plain"));
        gateway.route("plain", "/plain", upstream.url(), ", \"timeout\": {\"idle\": \"20ms\", \"stream\": \"20s\"}");

        assertThat(stream("/plain")).doesNotEndWith("0\r\n\r\n");
    }

    @Test
    void theSilenceOfAStreamIsBounded() {
        upstream.now(respondsSlowly("text/event-stream"));
        gateway.route("silent", "/silent", upstream.url(), ", \"timeout\": {\"idle\": \"20s\", \"stream\": \"20ms\"}");

        assertThat(stream("/silent")).startsWith("HTTP/1.1 200 ").doesNotEndWith("0\r\n\r\n");
    }

    @Test
    void eachEventReachesTheClientAtOnceWhateverItsSize() {
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
            connection.write("data: 1\n\n");
            connection.await(word);
            connection.write("data: " + "x".repeat(50_000) + "\n\n");
        });
        gateway.route("live", "/live", upstream.url());
        try (RawClient client = gateway.connect()) {
            client.send("GET /live HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.until("data: 1\n\n")).startsWith("HTTP/1.1 200 ");
            word.countDown();

            assertThat(client.until("x\n\n")).contains("data: x");
        }
    }

    @Test
    void aConnectionServesTheNextRequestAfterAStream() {
        RawUpstream.Conduct conduct = connection -> {
            while (connection.request() != null) {
                connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9\r\n\r\n");
                connection.write("data: 1\n\n");
            }
        };
        try (RawUpstream kept = RawUpstream.that(conduct);
                RawClient client = gateway.connect()) {
            gateway.route("again", "/again", kept.url());
            for (int i = 0; i < 3; i++) {
                client.send("GET /again HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(client.until("data: 1\n\n")).startsWith("HTTP/1.1 200 ");
            }
            assertThat(kept.connections()).isEqualTo(1);
        }
    }

    @Test
    void aStreamThatBreaksOffBreaksOffAtTheClientToo() {
        upstream.now(connection -> {
            connection.request();
            connection.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            connection.write("9\r\ndata: 1\n\n\r\n");
            connection.await(word);
        });
        gateway.route("broken", "/broken", upstream.url());
        try (RawClient client = gateway.connect()) {
            client.send("GET /broken HTTP/1.1\r\nHost: h\r\n\r\n");
            client.until("data: 1\n\n");
            word.countDown();
            assertThat(client.rest()).doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void aStreamPassesOverHttp2() {
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
        });
        gateway.route("two", "/two", upstream.url());
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            RawHttp2Client.Answer answer = client.get(1, "/two").answer(1);
            assertThat(answer.body()).isEqualTo("data: 1\n\n");
            assertThat(answer.error()).isEqualTo(-1);
        }
    }

    /** The server ends the request of a reset stream itself, while the thread of the stream still runs. */
    @Test
    void aClientThatResetsAStreamCausesNoException() {
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
            connection.await(word);
        });
        gateway.route("reset", "/reset", upstream.url());
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            for (int stream = 1; stream < 40; stream += 2) {
                client.get(stream, "/reset").until(RawHttp2Client.DATA);
                client.send(RawHttp2Client.RST_STREAM, 0, stream, RawHttp2Client.number(8));
            }
            await().until(() -> gateway.metric("gateway_requests_in_flight{route=\"reset\"}") == 0);
            assertThat(uncaught).isEmpty();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    private static String stream(String path) {
        try (RawClient client = gateway.connect()) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                    .rest();
        }
    }

    /** Each gap is longer than the short timeout of a test. */
    private static RawUpstream.Conduct respondsSlowly(String type) {
        return connection -> {
            connection.request();
            connection.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nConnection: close\r\nContent-Length: 3\r\n\r\n");
            connection.sendSlowly("123", Duration.ofMillis(300));
            connection.sendSlowly(" ", Duration.ofMillis(300));
        };
    }
}
