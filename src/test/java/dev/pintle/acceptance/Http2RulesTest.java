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
import static dev.pintle.testing.RawHttp2Client.PRIORITIZED;
import static dev.pintle.testing.RawHttp2Client.PRIORITY;
import static dev.pintle.testing.RawHttp2Client.PUSH_PROMISE;
import static dev.pintle.testing.RawHttp2Client.RST_STREAM;
import static dev.pintle.testing.RawHttp2Client.SETTINGS;
import static dev.pintle.testing.RawHttp2Client.WINDOW_UPDATE;
import static dev.pintle.testing.RawHttp2Client.block;
import static dev.pintle.testing.RawHttp2Client.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Violations of RFC 9113: each case ends the connection or its stream, and reaches no upstream. */
class Http2RulesTest {
    /** A response has closed the stream. */
    private static final int ANSWERED = -1;

    private static final int NO_ERROR = 0;
    private static final int PROTOCOL_ERROR = 1;
    private static final int FLOW_CONTROL_ERROR = 3;
    private static final int STREAM_CLOSED = 5;
    private static final int FRAME_SIZE_ERROR = 6;
    private static final int CANCEL = 8;
    private static final int COMPRESSION_ERROR = 9;
    private static final String REQUEST = block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/x");

    private static TestGateway gateway;

    /** The path of the invalid requests. */
    private static RawUpstream upstream;

    /** The path whose streams stay open as long as the client wants. */
    private static RawUpstream silent;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        silent = RawUpstream.that(RawUpstream.neverResponds());
        gateway.route("x", "/x", upstream.url());
        gateway.route("silent", "/silent", silent.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
        silent.close();
    }

    /**
     * A violation by a client.
     *
     * @param section of RFC 9113
     * @param errors the permitted error codes; the gateway may cancel a broken stream before the server names the error
     * @param statuses the permitted statuses before the error; 0 for no response
     */
    record Case(
            String section, String what, Set<Integer> errors, Set<Integer> statuses, Consumer<RawHttp2Client> action) {
        @Override
        public String toString() {
            return section + " " + what;
        }
    }

    private static Case connection(String section, String what, int error, Consumer<RawHttp2Client> action) {
        Set<Integer> errors = error == PROTOCOL_ERROR ? Set.of(error) : Set.of(error, PROTOCOL_ERROR);
        return new Case(section, what, errors, Set.of(0), action);
    }

    private static Case stream(String section, String what, Set<Integer> errors, Consumer<RawHttp2Client> action) {
        return new Case(section, what, errors, Set.of(0), action);
    }

    /** A malformed request: a stream error, optionally after a response (section 8.1.1). */
    private static Case malformed(String section, String what, String... fields) {
        return new Case(
                section, what, Set.of(PROTOCOL_ERROR), Set.of(0, 400), client -> client.headers(1, END_STREAM, fields));
    }

    /** A request that turns out malformed after its head. */
    private static Case malformedLater(String section, String what, Consumer<RawHttp2Client> action) {
        return new Case(section, what, Set.of(PROTOCOL_ERROR, CANCEL, ANSWERED), Set.of(0, 400), action);
    }

    private static String[] with(String... fields) {
        return Stream.concat(
                        Stream.of(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/x"),
                        Stream.of(fields))
                .toArray(String[]::new);
    }

    static Stream<Case> connectionErrors() {
        return Stream.of(
                connection(
                        "4.2",
                        "a frame larger than SETTINGS_MAX_FRAME_SIZE",
                        FRAME_SIZE_ERROR,
                        c -> c.send(DATA, 0, 1, "x".repeat(16_385))),
                connection(
                        "4.2",
                        "HEADERS larger than SETTINGS_MAX_FRAME_SIZE",
                        FRAME_SIZE_ERROR,
                        c -> c.send(HEADERS, END_HEADERS | END_STREAM, 1, REQUEST + block("x", "x".repeat(16_400)))),
                connection(
                        "4.3",
                        "a header block that cannot be decompressed",
                        COMPRESSION_ERROR,
                        c -> c.send(HEADERS, END_HEADERS | END_STREAM, 1, "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff")),
                connection(
                        "4.3",
                        "another frame in the middle of a header block",
                        PROTOCOL_ERROR,
                        c -> c.send(HEADERS, END_STREAM, 1, REQUEST).send(PING, 0, 0, "12345678")),
                connection(
                        "4.3",
                        "HEADERS of another stream in the middle of a header block",
                        PROTOCOL_ERROR,
                        c -> c.send(HEADERS, END_STREAM, 1, REQUEST)
                                .send(HEADERS, END_HEADERS | END_STREAM, 3, REQUEST)),
                connection("5.1", "DATA on an idle stream", PROTOCOL_ERROR, c -> c.send(DATA, END_STREAM, 1, "x")),
                connection(
                        "5.1",
                        "RST_STREAM on an idle stream",
                        PROTOCOL_ERROR,
                        c -> c.send(RST_STREAM, 0, 1, number(8))),
                connection(
                        "5.1",
                        "WINDOW_UPDATE on an idle stream",
                        PROTOCOL_ERROR,
                        c -> c.send(WINDOW_UPDATE, 0, 1, number(1))),
                connection(
                        "5.1",
                        "CONTINUATION on an idle stream",
                        PROTOCOL_ERROR,
                        c -> c.send(CONTINUATION, END_HEADERS, 1, REQUEST)),
                connection("5.1.1", "an even stream identifier", PROTOCOL_ERROR, c -> c.get(2, "/x")),
                connection("5.1.1", "a stream identifier smaller than an earlier one", STREAM_CLOSED, c -> {
                    c.get(5, "/nowhere").answer(5);
                    c.get(3, "/x");
                }),
                connection("6.1", "DATA on stream 0", PROTOCOL_ERROR, c -> c.send(DATA, 0, 0, "x")),
                connection(
                        "6.1",
                        "DATA with more padding than payload",
                        FRAME_SIZE_ERROR,
                        c -> c.request(1, 0, "POST", "/nowhere").send(DATA, PADDED | END_STREAM, 1, "\u0009x")),
                connection("6.2", "HEADERS on stream 0", PROTOCOL_ERROR, c -> c.get(0, "/x")),
                connection(
                        "6.2",
                        "HEADERS with more padding than payload",
                        PROTOCOL_ERROR,
                        c -> c.send(HEADERS, PADDED | END_HEADERS | END_STREAM, 1, "\u00ff" + REQUEST)),
                connection("6.3", "PRIORITY on stream 0", PROTOCOL_ERROR, c -> c.send(PRIORITY, 0, 0, number(0) + "x")),
                connection("6.4", "RST_STREAM on stream 0", PROTOCOL_ERROR, c -> c.send(RST_STREAM, 0, 0, number(8))),
                connection(
                        "6.4",
                        "RST_STREAM of three bytes",
                        FRAME_SIZE_ERROR,
                        c -> c.request(1, 0, "POST", "/nowhere").send(RST_STREAM, 0, 1, "abc")),
                connection("6.5", "SETTINGS on a stream", PROTOCOL_ERROR, c -> c.send(SETTINGS, 0, 1, "")),
                connection(
                        "6.5",
                        "SETTINGS with ACK and a payload",
                        FRAME_SIZE_ERROR,
                        c -> c.send(SETTINGS, ACK, 0, "\0\3" + number(1))),
                connection(
                        "6.5", "SETTINGS of five bytes", FRAME_SIZE_ERROR, c -> c.send(SETTINGS, 0, 0, "\0\3\0\0\0")),
                connection(
                        "6.5.2",
                        "SETTINGS_ENABLE_PUSH of 2",
                        PROTOCOL_ERROR,
                        c -> c.send(SETTINGS, 0, 0, "\0\2" + number(2))),
                connection(
                        "6.5.2",
                        "SETTINGS_INITIAL_WINDOW_SIZE above 2^31-1",
                        FLOW_CONTROL_ERROR,
                        c -> c.send(SETTINGS, 0, 0, "\0\4" + number(Integer.MIN_VALUE))),
                connection(
                        "6.5.2",
                        "SETTINGS_MAX_FRAME_SIZE below 16384",
                        PROTOCOL_ERROR,
                        c -> c.send(SETTINGS, 0, 0, "\0\5" + number(16_383))),
                connection(
                        "6.5.2",
                        "SETTINGS_MAX_FRAME_SIZE above 2^24-1",
                        PROTOCOL_ERROR,
                        c -> c.send(SETTINGS, 0, 0, "\0\5" + number(1 << 24))),
                connection(
                        "6.6",
                        "PUSH_PROMISE from a client",
                        PROTOCOL_ERROR,
                        c -> c.request(1, 0, "POST", "/nowhere")
                                .send(PUSH_PROMISE, END_HEADERS, 1, number(2) + REQUEST)),
                connection("6.7", "PING on a stream", PROTOCOL_ERROR, c -> c.send(PING, 0, 1, "12345678")),
                connection("6.7", "PING of seven bytes", FRAME_SIZE_ERROR, c -> c.send(PING, 0, 0, "1234567")),
                connection(
                        "6.8", "GOAWAY on a stream", PROTOCOL_ERROR, c -> c.send(GOAWAY, 0, 1, number(0) + number(0))),
                connection(
                        "6.9",
                        "WINDOW_UPDATE of 0 on the connection",
                        PROTOCOL_ERROR,
                        c -> c.send(WINDOW_UPDATE, 0, 0, number(0))),
                connection(
                        "6.9",
                        "WINDOW_UPDATE of three bytes",
                        FRAME_SIZE_ERROR,
                        c -> c.send(WINDOW_UPDATE, 0, 0, "abc")),
                connection(
                        "6.9.1",
                        "a window of the connection above 2^31-1",
                        FLOW_CONTROL_ERROR,
                        c -> c.send(WINDOW_UPDATE, 0, 0, number(Integer.MAX_VALUE))
                                .send(WINDOW_UPDATE, 0, 0, number(Integer.MAX_VALUE))),
                connection(
                        "6.10",
                        "CONTINUATION on stream 0",
                        PROTOCOL_ERROR,
                        c -> c.send(HEADERS, END_STREAM, 1, REQUEST)
                                .send(CONTINUATION, END_HEADERS, 0, block("x", "y"))),
                connection(
                        "6.10",
                        "CONTINUATION after the end of a header block",
                        PROTOCOL_ERROR,
                        c -> c.request(1, 0, "POST", "/nowhere").send(CONTINUATION, END_HEADERS, 1, block("x", "y"))));
    }

    static Stream<Case> streamErrors() {
        return Stream.of(
                stream(
                        "5.1",
                        "DATA after END_STREAM",
                        Set.of(STREAM_CLOSED),
                        c -> c.request(1, 0, "POST", "/silent")
                                .data(1, END_STREAM, "x")
                                .data(1, END_STREAM, "y")),
                stream(
                        "6.1",
                        "DATA after RST_STREAM",
                        Set.of(STREAM_CLOSED, CANCEL),
                        c -> c.request(1, 0, "POST", "/silent")
                                .send(RST_STREAM, 0, 1, number(CANCEL))
                                .data(1, END_STREAM, "x")),
                stream("6.1", "DATA after the response", Set.of(STREAM_CLOSED), c -> {
                    c.get(1, "/nowhere").answer(1);
                    c.data(1, END_STREAM, "x");
                }),
                stream(
                        "6.9",
                        "WINDOW_UPDATE of 0 on a stream",
                        Set.of(PROTOCOL_ERROR, CANCEL),
                        c -> c.request(1, 0, "POST", "/x").send(WINDOW_UPDATE, 0, 1, number(0))),
                stream(
                        "6.9.1",
                        "a window of a stream above 2^31-1",
                        Set.of(FLOW_CONTROL_ERROR, CANCEL),
                        c -> c.request(1, 0, "POST", "/x").send(WINDOW_UPDATE, 0, 1, number(Integer.MAX_VALUE))),
                stream(
                        "5.3.1",
                        "a stream that depends on itself",
                        Set.of(PROTOCOL_ERROR),
                        c -> c.send(HEADERS, PRIORITIZED | END_HEADERS | END_STREAM, 1, number(1) + "x" + REQUEST)),
                malformed("8.2.1", "a field name in upper case", with("X-Id", "1")),
                malformed("8.2.1", "a field name with a space", with("x id", "1")),
                malformed("8.2.1", "a field name with a colon in it", with("x:id", "1")),
                malformed("8.2.1", "a field value with a line feed", with("x-id", "1\nx-forwarded-for: 2")),
                malformed("8.2.1", "a field value with a carriage return", with("x-id", "1\rx-two: 2")),
                malformed("8.2.1", "a field value with a null", with("x-id", "1\0")),
                malformed("8.1.1", "a content-length with a sign", with("content-length", "+0")),
                malformed("8.2.2", "connection", with("connection", "close")),
                malformed("8.2.2", "keep-alive", with("keep-alive", "timeout=5")),
                malformed("8.2.2", "proxy-connection", with("proxy-connection", "close")),
                malformed("8.2.2", "upgrade", with("upgrade", "websocket")),
                malformed("8.2.2", "transfer-encoding", with("transfer-encoding", "chunked")),
                malformed("8.2.2", "te other than trailers", with("te", "gzip")),
                malformed("8.3", "an unknown pseudo-header field", with(":x", "1")),
                malformed("8.3", "a pseudo-header field of responses", with(":status", "200")),
                malformed(
                        "8.3",
                        "a pseudo-header field after a field",
                        ":method",
                        "GET",
                        ":scheme",
                        "http",
                        "x",
                        "1",
                        ":path",
                        "/x"),
                malformed("8.3", "a pseudo-header field twice", with(":path", "/x")),
                malformed("8.3.1", "no :method", ":scheme", "http", ":authority", "h", ":path", "/x"),
                malformed("8.3.1", "no :scheme", ":method", "GET", ":authority", "h", ":path", "/x"),
                malformed("8.3.1", "no :path", ":method", "GET", ":scheme", "http", ":authority", "h"),
                malformed(
                        "8.3.1", "an empty :path", ":method", "GET", ":scheme", "http", ":authority", "h", ":path", ""),
                malformed(
                        "8.3.1",
                        "an empty :authority",
                        ":method",
                        "GET",
                        ":scheme",
                        "http",
                        ":authority",
                        "",
                        ":path",
                        "/x"),
                malformed("8.3.1", "an empty host", ":method", "GET", ":scheme", "http", ":path", "/x", "host", ""),
                malformed(
                        "8.3.1",
                        "a :path without a slash",
                        ":method",
                        "GET",
                        ":scheme",
                        "http",
                        ":authority",
                        "h",
                        ":path",
                        "x"),
                malformed(
                        "8.3.1",
                        "user information in :authority",
                        ":method",
                        "GET",
                        ":scheme",
                        "http",
                        ":authority",
                        "u@h",
                        ":path",
                        "/x"),
                malformedLater(
                        "8.1",
                        "a pseudo-header field in trailers",
                        c -> c.request(1, 0, "POST", "/x").headers(1, END_STREAM, ":path", "/x")),
                malformedLater(
                        "8.1",
                        "trailers that do not end the stream",
                        c -> c.request(1, 0, "POST", "/x").headers(1, 0, "x", "y")),
                malformedLater(
                        "8.1.1",
                        "a content-length without a body",
                        c -> c.request(1, END_STREAM, "POST", "/x", "content-length", "4")),
                malformedLater(
                        "8.1.1",
                        "two lengths",
                        c -> c.request(1, 0, "POST", "/x", "content-length", "1", "content-length", "2")
                                .data(1, END_STREAM, "x")));
    }

    @ParameterizedTest
    @MethodSource("connectionErrors")
    void theConnectionEnds(Case broken) {
        int received = upstream.requests().size();
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            broken.action().accept(client);
            RawHttp2Client.Frame last = client.until(GOAWAY).getLast();
            assertThat(last.type()).isEqualTo(GOAWAY);
            assertThat(last.error()).isIn(broken.errors());
            assertThat(client.until(GOAWAY)).as("frames after it").isEmpty();
        }
        assertThat(upstream.requests()).hasSize(received);
    }

    @ParameterizedTest
    @MethodSource("streamErrors")
    void theStreamEnds(Case broken) {
        int received = upstream.requests().size();
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            broken.action().accept(client);
            RawHttp2Client.Answer answer = client.answer(1);
            assertThat(answer.status()).as("%s", answer).isIn(broken.statuses());
            assertThat(answer.error()).as("%s", answer).isIn(broken.errors());
        }
        assertThat(upstream.requests()).hasSize(received);
    }

    @Test
    void aMalformedRequestGetsAResponseBeforeItsStreamIsReset() {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            RawHttp2Client.Answer answer =
                    client.get(1, "/x", "proxy-connection", "close").answer(1);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.fields()).containsKey("x-trace-id");
            assertThat(answer.body()).contains("\"code\":\"bad-request\"", "HTTP/2 has no header Proxy-Connection");
            assertThat(answer.error()).isEqualTo(PROTOCOL_ERROR);
            assertThat(client.get(3, "/x").answer(3).body()).isEqualTo("hello");
        }
    }

    @Test
    void framesInFlightDoNotResetAStreamTwice() {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.request(1, 0, "POST", "/x", "proxy-connection", "close");
            assertThat(client.answer(1).error()).isEqualTo(PROTOCOL_ERROR);
            client.data(1, 0, "x").data(1, END_STREAM, "y").send(PING, 0, 0, "12345678");
            assertThat(client.until(PING)).noneMatch(frame -> frame.type() == RST_STREAM);
        }
    }

    @Test
    void aConnectionWithoutThePrefaceIsRejected() {
        try (RawHttp2Client client = RawHttp2Client.silent(gateway.port())) {
            client.raw("PRI * HTTP/2.0\r\n\r\nSX\r\n\r\n");
            for (RawHttp2Client.Frame frame = client.frame(); frame != null; frame = client.frame()) {
                assertThat(frame.type()).isIn(SETTINGS, WINDOW_UPDATE, GOAWAY);
            }
        }
    }

    @Test
    void settingsAndPingsAreAcknowledged() {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            assertThat(client.until(SETTINGS).getFirst().type()).isEqualTo(SETTINGS);
            client.send(PING, 0, 0, "abcdefgh");
            RawHttp2Client.Frame ping = client.until(PING).getLast();
            assertThat(ping.has(ACK)).isTrue();
            assertThat(ping.payload()).isEqualTo("abcdefgh");
        }
    }

    @Test
    void unknownFramesAndSettingsAreIgnored() {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.send(0x42, 0, 0, "what").send(SETTINGS, 0, 0, "\0\u0099" + number(1));
            assertThat(client.get(1, "/x").answer(1).body()).isEqualTo("hello");
            RawHttp2Client.Frame last = client.send(GOAWAY, 0, 0, number(0) + number(NO_ERROR))
                    .until(GOAWAY)
                    .getLast();
            assertThat(last.type()).isEqualTo(GOAWAY);
            assertThat(last.error()).isEqualTo(NO_ERROR);
        }
    }
}
