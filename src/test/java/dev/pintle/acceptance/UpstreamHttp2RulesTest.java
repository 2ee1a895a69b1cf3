package dev.pintle.acceptance;

import static dev.pintle.testing.RawHttp2Client.ACK;
import static dev.pintle.testing.RawHttp2Client.CONTINUATION;
import static dev.pintle.testing.RawHttp2Client.DATA;
import static dev.pintle.testing.RawHttp2Client.END_HEADERS;
import static dev.pintle.testing.RawHttp2Client.END_STREAM;
import static dev.pintle.testing.RawHttp2Client.GOAWAY;
import static dev.pintle.testing.RawHttp2Client.HEADERS;
import static dev.pintle.testing.RawHttp2Client.PADDED;
import static dev.pintle.testing.RawHttp2Client.PING;
import static dev.pintle.testing.RawHttp2Client.PRIORITY;
import static dev.pintle.testing.RawHttp2Client.PUSH_PROMISE;
import static dev.pintle.testing.RawHttp2Client.RST_STREAM;
import static dev.pintle.testing.RawHttp2Client.SETTINGS;
import static dev.pintle.testing.RawHttp2Client.WINDOW_UPDATE;
import static dev.pintle.testing.RawHttp2Client.block;
import static dev.pintle.testing.RawHttp2Client.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Upstream;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Violations of RFC 9113 by a target: no client takes the response for a complete one, and the next request passes. */
class UpstreamHttp2RulesTest {
    private static final String HEAD = block(":status", "200");
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
    private static final AtomicReference<Frames> NEXT = new AtomicReference<>();
    private static TestGateway gateway;
    private static RawUpstream upstream;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
        upstream = RawUpstream.that(RawHttp2Upstream.that(UpstreamHttp2RulesTest::serve));
        String route = """
                {"match": {"path": "/x"}, "upstream": {"targets": [{"url": "%s"}], "protocol": "h2c"}, "retry": {"max": 0}, "timeout": {"idle": "1s"}}""".formatted(upstream.url());
        assertThat(gateway.admin("PUT", "/api/v1/routes/x", route).statusCode()).isEqualTo(201);
    }

    /** Sends the frames of the case once, and a valid response to each request. */
    private static void serve(RawHttp2Upstream connection) throws IOException {
        for (int stream = connection.request(); stream > 0; stream = connection.request()) {
            Frames frames = NEXT.getAndSet(null);
            if (frames != null) {
                frames.send(connection, stream);
            }
            connection.answer(stream, "hello");
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    /** The frames of a target in place of its response. */
    @FunctionalInterface
    interface Frames {
        void send(RawHttp2Upstream target, int stream) throws IOException;
    }

    /** @param section of RFC 9113, or of RFC 7541 with a prefix */
    record Case(String section, String what, Frames frames) {
        @Override
        public String toString() {
            return section + " " + what;
        }
    }

    private static Case frame(String section, String what, int type, int flags, int on, String payload) {
        return new Case(section, what, (target, stream) -> target.send(type, flags, on, payload));
    }

    /** A frame on the stream of the request. */
    private static Case frame(String section, String what, int type, int flags, String payload) {
        return new Case(section, what, (target, stream) -> target.send(type, flags, stream, payload));
    }

    private static Case head(String section, String what, String... namesAndValues) {
        return new Case(section, what, (target, stream) -> target.headers(stream, 0, namesAndValues));
    }

    private static Case trailers(String section, String what, int flags, String... namesAndValues) {
        return new Case(
                section,
                what,
                (target, stream) -> target.headers(stream, 0, ":status", "200").headers(stream, flags, namesAndValues));
    }

    private static String setting(int id, int value) {
        return "\0" + (char) id + number(value);
    }

    /** A valid response would follow each of these. */
    static Stream<Case> violations() {
        return Stream.of(framing(), settings(), windowsAndEnds(), heads(), contents())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> framing() {
        return Stream.of(
                frame("4.2", "a frame larger than SETTINGS_MAX_FRAME_SIZE", DATA, 0, "x".repeat(16_385)),
                frame(
                        "4.3",
                        "a head that cannot be decompressed",
                        HEADERS,
                        END_HEADERS,
                        "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff"),
                new Case(
                        "4.3",
                        "another frame inside a head",
                        (target, stream) ->
                                target.send(HEADERS, 0, stream, HEAD).send(PING, 0, 0, "12345678")),
                frame("6.10", "a CONTINUATION without a head", CONTINUATION, END_HEADERS, HEAD),
                frame("5.1", "DATA on a stream that was never opened", DATA, 0, 99, "x"),
                frame("5.1", "HEADERS on a stream that was never opened", HEADERS, END_HEADERS, 99, HEAD),
                frame("5.1.1", "HEADERS on a stream of the server", HEADERS, END_HEADERS, 2, HEAD),
                frame("6.1", "DATA on stream 0", DATA, 0, 0, "x"),
                frame("6.2", "HEADERS on stream 0", HEADERS, END_HEADERS, 0, HEAD),
                frame("6.1", "padding that is longer than its frame", DATA, PADDED, "\u00ffx"),
                frame("6.2", "padding that is longer than its head", HEADERS, PADDED | END_HEADERS, "\u00ff" + HEAD),
                frame("6.3", "PRIORITY of four bytes", PRIORITY, 0, "1234"),
                frame("6.6", "PUSH_PROMISE", PUSH_PROMISE, END_HEADERS, number(2) + block(":method", "GET")),
                frame("6.7", "PING of seven bytes", PING, 0, 0, "1234567"),
                frame("6.7", "PING on a stream", PING, 0, "12345678"));
    }

    private static Stream<Case> settings() {
        return Stream.of(
                frame("6.5", "SETTINGS on a stream", SETTINGS, 0, ""),
                frame("6.5", "SETTINGS of five bytes", SETTINGS, 0, 0, "12345"),
                frame("6.5", "an ACK with a setting", SETTINGS, ACK, 0, setting(3, 1)),
                frame("6.5.2", "SETTINGS_ENABLE_PUSH of 2", SETTINGS, 0, 0, setting(2, 2)),
                frame("6.5.2", "SETTINGS_INITIAL_WINDOW_SIZE above the maximum", SETTINGS, 0, 0, setting(4, -1)),
                frame("6.5.2", "SETTINGS_MAX_FRAME_SIZE below the minimum", SETTINGS, 0, 0, setting(5, 16_383)),
                frame("6.5.2", "SETTINGS_MAX_FRAME_SIZE above the maximum", SETTINGS, 0, 0, setting(5, 1 << 24)));
    }

    private static Stream<Case> windowsAndEnds() {
        return Stream.of(
                frame("6.9", "WINDOW_UPDATE of 0", WINDOW_UPDATE, 0, number(0)),
                frame("6.9", "WINDOW_UPDATE of 0 on the connection", WINDOW_UPDATE, 0, 0, number(0)),
                frame("6.9", "WINDOW_UPDATE of three bytes", WINDOW_UPDATE, 0, "123"),
                frame(
                        "6.9.1",
                        "a window of the connection above the maximum",
                        WINDOW_UPDATE,
                        0,
                        0,
                        number(Integer.MAX_VALUE)),
                new Case("6.9.1", "more content than the window permits", (target, stream) -> {
                    target.headers(stream, 0, ":status", "200");
                    for (int i = 0; i < 2_000; i++) {
                        target.send(DATA, 0, stream, "x".repeat(16_384));
                    }
                }),
                frame("6.4", "RST_STREAM", RST_STREAM, 0, number(2)),
                frame("6.4", "RST_STREAM of three bytes", RST_STREAM, 0, "123"),
                frame("6.4", "RST_STREAM on stream 0", RST_STREAM, 0, 0, number(2)),
                frame("6.4", "RST_STREAM on a stream that was never opened", RST_STREAM, 0, 99, number(2)),
                frame("6.8", "GOAWAY on a stream", GOAWAY, 0, number(1) + number(0)),
                frame("6.8", "GOAWAY of seven bytes", GOAWAY, 0, 0, "1234567"));
    }

    private static Stream<Case> heads() {
        return Stream.of(
                frame("8.1", "DATA before the head", DATA, 0, "x"),
                new Case(
                        "8.1",
                        "DATA before a head that ends the stream",
                        (target, stream) ->
                                target.send(DATA, 0, stream, "x").headers(stream, END_STREAM, ":status", "200")),
                head("8.3", "a head without :status", "x", "1"),
                head("8.3", "two :status", ":status", "200", ":status", "200"),
                head("8.3", "a :status of a word", ":status", "good"),
                head("8.3", "a :status of two digits", ":status", "20"),
                head("8.3", "a :status of 0", ":status", "000"),
                head("8.3", "a pseudo-header of requests", ":status", "200", ":path", "/x"),
                head("8.3", "an unknown pseudo-header", ":status", "200", ":x", "1"),
                head("8.3", ":status after a header", "x", "1", ":status", "200"),
                head("8.2.1", "a name with a capital letter", ":status", "200", "X", "1"),
                head("8.2.1", "a name with a space", ":status", "200", "x y", "1"),
                head("8.2.1", "a name with a line break", ":status", "200", "x\r\ny", "1"),
                head("8.2.1", "a name with a colon", ":status", "200", "x:y", "1"),
                head("8.2.1", "an empty name", ":status", "200", "", "1"),
                head("8.2.1", "a value with a line break", ":status", "200", "x", "1\r\nset-cookie: evil"),
                head("8.2.1", "a value with a NUL", ":status", "200", "x", "1\0"),
                head("8.2.2", "connection", ":status", "200", "connection", "close"),
                head("8.2.2", "keep-alive", ":status", "200", "keep-alive", "timeout=5"),
                head("8.2.2", "transfer-encoding", ":status", "200", "transfer-encoding", "chunked"),
                head("8.2.2", "upgrade", ":status", "200", "upgrade", "websocket"),
                head("8.6", "101", ":status", "101"));
    }

    private static Stream<Case> contents() {
        return Stream.of(
                new Case(
                        "8.1",
                        "an interim response that ends the stream",
                        (target, stream) -> target.headers(stream, END_STREAM, ":status", "103")),
                new Case(
                        "8.1.1",
                        "content-length without content",
                        (target, stream) ->
                                target.headers(stream, END_STREAM, ":status", "200", "content-length", "5")),
                new Case(
                        "8.1.1",
                        "less content than content-length",
                        (target, stream) -> target.headers(stream, 0, ":status", "200", "content-length", "5")
                                .send(DATA, END_STREAM, stream, "1234")),
                new Case(
                        "8.1.1",
                        "more content than content-length",
                        (target, stream) -> target.headers(stream, 0, ":status", "200", "content-length", "5")
                                .send(DATA, END_STREAM, stream, "123456")),
                new Case(
                        "8.1.1",
                        "two lengths",
                        (target, stream) -> target.headers(
                                        stream, 0, ":status", "200", "content-length", "5", "content-length", "6")
                                .send(DATA, END_STREAM, stream, "12345")),
                new Case(
                        "8.1.1",
                        "a content-length that is no number",
                        (target, stream) -> target.headers(stream, 0, ":status", "200", "content-length", "+5")
                                .send(DATA, END_STREAM, stream, "12345")),
                trailers("8.1", "trailers that do not end the stream", 0, "x", "1"),
                trailers("8.1", "a pseudo-header in trailers", END_STREAM, "x", "1", ":status", "200"),
                trailers("8.1", "a second head", END_STREAM, ":status", "200"));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void aViolationIsNoCompleteResponseAndTheNextRequestPasses(Case violation) {
        NEXT.set(violation.frames());
        String response = get();
        if (!response.startsWith("HTTP/1.1 502 ")) {
            assertThat(response).startsWith("HTTP/1.1 200 ").doesNotContain(LAST_CHUNK, "hello", "evil");
            assertThat(contentIsComplete(response)).isFalse();
        }
        assertThat(get()).startsWith("HTTP/1.1 200 ").contains("hello");
    }

    /** Whether as much content arrived as the response announced. */
    private static boolean contentIsComplete(String response) {
        int end = response.indexOf("\r\n\r\n") + 4;
        return response.substring(0, end).contains("Content-Length: " + (response.length() - end) + "\r\n");
    }

    static Stream<Case> extensions() {
        return Stream.of(
                frame("4.1", "a frame of an unknown type", 0x16, 0, 0, "anything"),
                frame("4.1", "unknown flags", PING, 0xfe, 0, "12345678"),
                frame("5.1", "PRIORITY", PRIORITY, 0, number(0) + "\u00ff"),
                frame("5.1", "PRIORITY of a stream that was never opened", PRIORITY, 0, 99, number(0) + "\u00ff"),
                frame("6.5.2", "an unknown setting", SETTINGS, 0, 0, setting(0xfa, 1)),
                frame("6.7", "an ACK of no PING", PING, ACK, 0, "12345678"),
                frame("6.9", "WINDOW_UPDATE", WINDOW_UPDATE, 0, number(1)),
                new Case(
                        "6.10",
                        "a head in pieces",
                        (target, stream) -> target.send(HEADERS, 0, stream, "")
                                .send(CONTINUATION, 0, stream, "")
                                .send(CONTINUATION, END_HEADERS, stream, block(":status", "103"))),
                new Case(
                        "6.2",
                        "a head with padding",
                        (target, stream) -> target.send(
                                HEADERS, END_HEADERS | PADDED, stream, "\2" + block(":status", "103") + "\0\0")));
    }

    @ParameterizedTest
    @MethodSource("extensions")
    void whatATargetMaySendChangesNothing(Case permitted) {
        NEXT.set(permitted.frames());
        assertThat(get()).contains("HTTP/1.1 200 ", "hello");
    }

    private static String get() {
        try (RawClient client = gateway.connect()) {
            return client.send("GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                    .rest();
        }
    }
}
