package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A slow head holds no connection for long; other slow phases are permitted. */
class RequestHeaderTimeoutTest {
    private static final String REQUEST = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final int ENHANCE_YOUR_CALM = 11;
    private static TestGateway gateway;

    private final RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
    private final RawUpstream silent = RawUpstream.that(RawUpstream.neverResponds());

    /** Releases the next byte. */
    private final RawUpstream pace =
            RawUpstream.that(connection -> connection.sendSlowly("x".repeat(1_000), Duration.ofMillis(50)));

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("server.headTimeout=400ms");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void close() {
        upstream.close();
        silent.close();
        pace.close();
    }

    /** Sends these bytes repeatedly until the gateway responds or closes the connection. */
    private void sendSlowly(RawClient client, String bytes) {
        try (RawClient due = RawClient.to(pace.port())) {
            due.until("x");
            while (!client.hasInput()) {
                client.send(bytes);
                due.until("x");
            }
        } catch (UncheckedIOException e) {
            // Already closed when the bytes arrived.
        }
    }

    @Test
    void aSlowHeadIsCutOff() {
        try (RawClient client = gateway.connect()) {
            double before = gateway.metric("gateway_requests_total{route=\"-\",status=\"408\"}");
            sendSlowly(client.send("GET /x HTTP/1.1\r\n"), "X-A: b\r\n");
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 408")
                    .contains("\r\nDate: ")
                    .contains("\"code\":\"request-timeout\"");
            assertThat(gateway.metric("gateway_requests_total{route=\"-\",status=\"408\"}"))
                    .isEqualTo(before + 1);
        }
    }

    @Test
    void aSlowRequestLineIsCutOff() {
        try (RawClient client = gateway.connect()) {
            sendSlowly(client.send("GET /"), "x");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aSlowLaterHeadIsCutOff() {
        gateway.route("x", "/x", upstream.url());
        try (RawClient client = gateway.connect()) {
            client.send(REQUEST);
            assertThat(client.until("hello")).startsWith("HTTP/1.1 200");
            sendSlowly(client.send("GET /x HTTP/1.1\r\n"), "X-A: b\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 408");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void idleWaitingAndUploadingConnectionsStayOpen() {
        CountDownLatch answer = new CountDownLatch(1);
        gateway.route("x", "/x", upstream.url());
        try (RawUpstream late = RawUpstream.that(connection -> {
                    connection.request();
                    connection.await(answer);
                    connection.answer(200, "late");
                });
                RawClient fresh = gateway.connect();
                RawClient resting = gateway.connect();
                RawClient waiting = gateway.connect();
                RawClient sending = gateway.connect();
                RawClient dripping = gateway.connect()) {
            gateway.route("late", "/late", late.url());
            resting.send(REQUEST);
            assertThat(resting.until("hello")).startsWith("HTTP/1.1 200");
            sending.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n1");
            waiting.send("GET /late HTTP/1.1\r\nHost: h\r\n\r\n");
            sendSlowly(dripping.send("GET /x HTTP/1.1\r\n"), "X-A: b\r\n");
            answer.countDown();
            assertThat(waiting.until("late")).startsWith("HTTP/1.1 200");
            assertThat(sending.send("2").until("\r\n\r\n")).startsWith("HTTP/1.1 200");
            assertThat(resting.send(REQUEST).until("hello")).startsWith("HTTP/1.1 200");
            assertThat(fresh.send(REQUEST).until("hello")).startsWith("HTTP/1.1 200");
        }
    }

    /** Sends these HTTP/2 frames, and then these bytes repeatedly until the gateway ends the connection. */
    private void assertCalmedWhenSlow(String frames, String bytes) {
        gateway.route("silent", "/silent", silent.url());
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port());
                RawClient due = RawClient.to(pace.port())) {
            client.get(1, "/silent").raw(frames);
            Thread dripping = Thread.ofVirtual().start(() -> {
                while (!due.until("x").isEmpty()) {
                    client.raw(bytes);
                }
            });
            RawHttp2Client.Frame last = client.until(RawHttp2Client.GOAWAY).getLast();
            assertThat(last.type()).isEqualTo(RawHttp2Client.GOAWAY);
            assertThat(last.error()).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(client.frame()).isNull();
            pace.close();
            assertThat(dripping).satisfies(Thread::join);
        }
    }

    @Test
    void aSlowHttp2FrameEndsTheConnectionDuringAnotherRequest() {
        assertCalmedWhenSlow(RawHttp2Client.frame(10_000, RawHttp2Client.HEADERS, RawHttp2Client.END_HEADERS, 3), "\0");
    }

    @Test
    void aSlowHttp2HeadOfSeveralFramesEndsTheConnection() {
        String block = RawHttp2Client.block("x", "y");
        assertCalmedWhenSlow(
                RawHttp2Client.frame(0, RawHttp2Client.HEADERS, 0, 3),
                RawHttp2Client.frame(block.length(), RawHttp2Client.CONTINUATION, 0, 3) + block);
    }

    @Test
    void aSlowHttp2BodyIsPermitted() {
        gateway.route("x", "/x", upstream.url());
        try (RawHttp2Client sending = RawHttp2Client.to(gateway.port());
                RawClient due = RawClient.to(pace.port())) {
            sending.request(1, 0, "POST", "/x")
                    .raw(RawHttp2Client.frame(60, RawHttp2Client.DATA, RawHttp2Client.END_STREAM, 1));
            for (int i = 0; i < 60; i++) {
                due.until("x");
                sending.raw("b");
            }
            assertThat(sending.answer(1).body()).isEqualTo("hello");
            assertThat(upstream.requests().getFirst().body()).isEqualTo("b".repeat(60));
        }
    }
}
