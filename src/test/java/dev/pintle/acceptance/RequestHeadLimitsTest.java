package dev.pintle.acceptance;

import static dev.pintle.testing.RawHttp2Client.CONTINUATION;
import static dev.pintle.testing.RawHttp2Client.END_HEADERS;
import static dev.pintle.testing.RawHttp2Client.END_STREAM;
import static dev.pintle.testing.RawHttp2Client.GOAWAY;
import static dev.pintle.testing.RawHttp2Client.HEADERS;
import static dev.pintle.testing.RawHttp2Client.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.AccessLogLines;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A request head that is too large gets a 431, without effect on other requests. */
class RequestHeadLimitsTest {
    private static final int PROTOCOL_ERROR = 1;
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int FRAME = 16_000;
    private static final RawUpstream UPSTREAM = RawUpstream.that(RawUpstream.answers(200, "hello"));
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
        gateway.route("x", "/x", UPSTREAM.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    private static String[] headers(String prefix, int count) {
        return IntStream.range(0, count)
                .boxed()
                .flatMap(i -> java.util.stream.Stream.of(prefix + i, "v"))
                .toArray(String[]::new);
    }

    /** Sends a GET whose head continues in CONTINUATION frames. */
    private static void sendInFrames(RawHttp2Client client, int stream, String further) {
        String head = block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/x") + further;
        for (int start = 0; start < head.length(); start += FRAME) {
            int end = Math.min(start + FRAME, head.length());
            int flags = (start == 0 ? END_STREAM : 0) | (end == head.length() ? END_HEADERS : 0);
            client.send(start == 0 ? HEADERS : CONTINUATION, flags, stream, head.substring(start, end));
        }
    }

    @Test
    void twoHundredHttp2HeadersPassAndOneMoreIsRejectedOnItsStream() {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.get(1, "/x", headers("x-", 200));
            assertThat(client.answer(1).body()).isEqualTo("hello");
            client.get(3, "/x", headers("x-", 201));
            assertThat(client.answer(3))
                    .satisfies(answer -> assertThat(answer.status()).isEqualTo(431))
                    .satisfies(
                            answer -> assertThat(answer.body()).contains("headers-too-large", "more than 200 headers"));
            client.get(5, "/x");
            assertThat(client.answer(5).body()).isEqualTo("hello");
        }
    }

    /** Browsers send each cookie in a separate header (RFC 9113 section 8.2.3). */
    @Test
    void allHttp2CookiesCountAsOneHeader() {
        String[] cookies = IntStream.range(0, 600)
                .mapToObj(i -> i % 2 == 0 ? "cookie" : "a=" + i)
                .toArray(String[]::new);
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.get(1, "/x", cookies);
            assertThat(client.answer(1).body()).isEqualTo("hello");
        }
    }

    @Test
    void aHeadAboveTheLimitIsRejectedOnItsStream() {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            sendInFrames(client, 1, block("x-large", "v".repeat(40_000)));
            assertThat(client.answer(1))
                    .satisfies(answer -> assertThat(answer.status()).isEqualTo(431))
                    .satisfies(answer -> assertThat(answer.body()).contains("headers-too-large", "32768 bytes"));
            client.get(3, "/x");
            assertThat(client.answer(3).body()).isEqualTo("hello");
        }
    }

    @Test
    void aPathAboveTheLimitIsRejectedOnItsStream() {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            String path = "/x/" + "p".repeat(40_000);
            String head = block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", path);
            client.send(HEADERS, END_STREAM, 1, head.substring(0, FRAME))
                    .send(CONTINUATION, 0, 1, head.substring(FRAME, 2 * FRAME))
                    .send(CONTINUATION, END_HEADERS, 1, head.substring(2 * FRAME));
            assertThat(client.answer(1).status()).isEqualTo(431);
            client.get(3, "/x");
            assertThat(client.answer(3).body()).isEqualTo("hello");
        }
    }

    @Test
    void aHeadOfMoreThanTwiceTheLimitEndsItsConnection() {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            sendInFrames(client, 1, block("x-large", "v".repeat(70_000)));
            RawHttp2Client.Frame last = client.until(GOAWAY).getLast();
            assertThat(last.type()).isEqualTo(GOAWAY);
            assertThat(last.error()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void aStreamThatEndsWithItsConnectionIsNotLoggedAsCanceledByItsClient() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        try (RawUpstream silent = RawUpstream.that(RawUpstream.neverResponds());
                AccessLogLines lines = AccessLogLines.record();
                RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            gateway.route("silent", "/silent", silent.url());
            client.get(1, "/silent", "x-trace-id", trace);
            await().until(() -> silent.requests().size() == 1);
            sendInFrames(client, 3, block("x-large", "v".repeat(70_000)));
            client.until(GOAWAY);
            assertThat(lines.of(trace).path("code").asText()).isEqualTo("bad-request");
            assertThat(lines.of(trace).path("detail").asText()).contains("the gateway ended", "request_head_too_large");
        }
    }

    @Test
    void trailersCountAsHeaders() {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.request(1, 0, "POST", "/x").data(1, 0, "x").headers(1, END_STREAM, headers("x-", 201));
            assertThat(client.answer(1).error()).isEqualTo(PROTOCOL_ERROR);
        }
        int before = UPSTREAM.requests().size();
        try (RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"
                    + "a: b\r\n".repeat(200) + "\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 400");
            assertThat(UPSTREAM.requests()).hasSize(before);
        }
    }
}
