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

/** A head that drips holds no connection for long; everything else may take its time. */
class RequestHeaderTimeoutTest {
    private static final String REQUEST = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final int ENHANCE_YOUR_CALM = 11;
    private static TestGateway gateway;

    private final RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
    private final RawUpstream silent = RawUpstream.that(RawUpstream.neverAnswers());

    /** Says when the next octet is due. */
    private final RawUpstream pace =
            RawUpstream.that(connection -> connection.drip("x".repeat(1_000), Duration.ofMillis(50)));

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

    /** Drips these octets again and again until the gateway answers or closes the connection. */
    private void drip(RawClient client, String octets) {
        try (RawClient due = RawClient.to(pace.port())) {
            due.until("x");
            while (!client.isHeard()) {
                client.send(octets);
                due.until("x");
            }
        } catch (UncheckedIOException e) {
            // Closed already, and the octets came too late.
        }
    }

    @Test
    void aHeadThatDripsIsCut() {
        try (RawClient client = gateway.connect()) {
            double before = gateway.metric("gateway_requests_total{route=\"-\",status=\"408\"}");
            drip(client.send("GET /x HTTP/1.1\r\n"), "X-A: b\r\n");
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 408")
                    .contains("\r\nDate: ")
                    .contains("\"code\":\"request-timeout\"");
            assertThat(gateway.metric("gateway_requests_total{route=\"-\",status=\"408\"}"))
                    .isEqualTo(before + 1);
        }
    }

    @Test
    void aRequestLineThatDripsIsCut() {
        try (RawClient client = gateway.connect()) {
            drip(client.send("GET /"), "x");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aLaterHeadOfAConnectionIsCutToo() {
        gateway.route("x", "/x", upstream.url());
        try (RawClient client = gateway.connect()) {
            client.send(REQUEST);
            assertThat(client.until("hello")).startsWith("HTTP/1.1 200");
            drip(client.send("GET /x HTTP/1.1\r\n"), "X-A: b\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 408");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void connectionsThatRestOrWaitOrSendABodyAreLeftAlone() {
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
            drip(dripping.send("GET /x HTTP/1.1\r\n"), "X-A: b\r\n");
            answer.countDown();
            assertThat(waiting.until("late")).startsWith("HTTP/1.1 200");
            assertThat(sending.send("2").until("\r\n\r\n")).startsWith("HTTP/1.1 200");
            assertThat(resting.send(REQUEST).until("hello")).startsWith("HTTP/1.1 200");
            assertThat(fresh.send(REQUEST).until("hello")).startsWith("HTTP/1.1 200");
        }
    }

    /** Sends these frames of HTTP/2, and then these octets again and again until the gateway ends the connection. */
    private void isCalmedWhenItDrips(String frames, String octets) {
        gateway.route("silent", "/silent", silent.url());
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port());
                RawClient due = RawClient.to(pace.port())) {
            client.get(1, "/silent").raw(frames);
            Thread dripping = Thread.ofVirtual().start(() -> {
                while (!due.until("x").isEmpty()) {
                    client.raw(octets);
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
    void aFrameOfHttp2ThatDripsIsCutThoughAnotherRequestIsBeingAnswered() {
        isCalmedWhenItDrips(RawHttp2Client.frame(10_000, RawHttp2Client.HEADERS, RawHttp2Client.END_HEADERS, 3), "\0");
    }

    @Test
    void aHeadOfHttp2ThatDripsInFramesIsCutToo() {
        String block = RawHttp2Client.block("x", "y");
        isCalmedWhenItDrips(
                RawHttp2Client.frame(0, RawHttp2Client.HEADERS, 0, 3),
                RawHttp2Client.frame(block.length(), RawHttp2Client.CONTINUATION, 0, 3) + block);
    }

    @Test
    void aBodyOfHttp2MayDripInItsFrame() {
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
