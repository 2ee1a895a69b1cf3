package dev.pintle.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that the client cuts off at any byte, in any way, never looks complete to an upstream. */
class CutRequestsTest {
    private static final String CHUNKED = "Host: h\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static final List<CutMessage> HTTP_1 = List.of(
            CutMessage.of("by length", "POST", "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 12\r\n\r\nhello, world"),
            CutMessage.of(
                    "chunked", "POST", "POST /x HTTP/1.1\r\n", CHUNKED, "5\r\nhello\r\n07\r\n, world\r\n0\r\n\r\n"),
            CutMessage.of(
                    "trailers",
                    "PUT",
                    "PUT /x HTTP/1.1\r\nTE: trailers\r\nConnection: TE\r\n" + CHUNKED,
                    "5;a=\"b\"\r\nhello\r\n00;c\r\nX-Sum: 1\r\nX-B: 2\r\n\r\n"),
            CutMessage.of("no body", "GET", "GET /x?a=b HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\n"),
            CutMessage.of("absolute form", "GET", "GET http://h/x HTTP/1.1\r\nHost: h\r\n\r\n"),
            CutMessage.of("empty", "DELETE", "DELETE /x HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n"),
            CutMessage.of("an empty chunk", "POST", "POST /x HTTP/1.1\r\n", CHUNKED, "0\r\n\r\n"),
            CutMessage.of(
                    "expectation",
                    "POST",
                    "POST /x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello"),
            CutMessage.of(
                    "close",
                    "POST",
                    "POST /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"),
            CutMessage.of("HTTP/1.0", "POST", "POST /x HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello"),
            CutMessage.of("bare LF", "POST", "POST /x HTTP/1.1\nHost: h\nContent-Length: 5\n\nhello"),
            CutMessage.of(
                    "large head",
                    "GET",
                    "GET /x HTTP/1.1\r\nHost: h\r\n",
                    "X-A: " + "a".repeat(700) + "\r\n" + "Cookie: a=b\r\n".repeat(20) + "\r\n"));

    private static final String PREFACE =
            RawHttp2Client.PREFACE + RawHttp2Client.frame(0, RawHttp2Client.SETTINGS, 0, 0);

    private static final List<CutMessage> HTTP_2 = List.of(
            CutMessage.of("HTTP/2 without a body", "GET", PREFACE, headers("GET", RawHttp2Client.END_STREAM)),
            CutMessage.of(
                    "HTTP/2 with a body",
                    "POST",
                    PREFACE + headers("POST", 0),
                    data("hello", 0) + data(", world", RawHttp2Client.END_STREAM)),
            CutMessage.of(
                    "HTTP/2 with an empty end",
                    "POST",
                    PREFACE + headers("POST", 0),
                    data("hello", 0) + data("", RawHttp2Client.END_STREAM)),
            CutMessage.of(
                    "HTTP/2 with trailers",
                    "POST",
                    PREFACE + headers("POST", 0),
                    data("hello", 0) + frame(RawHttp2Client.HEADERS, 5, RawHttp2Client.block("x-sum", "1"))));

    private static final Queue<String> COMPLETE = new ConcurrentLinkedQueue<>();

    private static RawUpstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        upstream = RawUpstream.seenBy(request -> {}, CutRequestsTest::record);
        gateway = TestGateway.start("logging.loggers.access=OFF");
        gateway.route("x", "/x", upstream.url(), ", \"circuitBreaker\": {\"consecutiveFailures\": 1}");
    }

    @AfterAll
    static void close() {
        gateway.close();
        upstream.close();
    }

    private static void record(RawUpstream.Connection connection) throws IOException {
        ObservedRequest head = ObservedRequest.head(connection.in());
        if (!head.values("Expect").isEmpty()) {
            connection.write("HTTP/1.1 100 Continue\r\n\r\n");
        }
        ObservedRequest request = head.withContent(connection.in());
        if (request.complete() && !request.line().isEmpty()) {
            COMPLETE.add(request.line() + request.fields());
            connection.answer(200, "complete");
        }
    }

    static Stream<CutMessage> messages() {
        return Stream.concat(HTTP_1.stream(), HTTP_2.stream());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void noCutOffMessageLooksComplete(CutMessage message) throws Exception {
        COMPLETE.clear();
        List<CutMessage.Cut> cuts = message.cuts().toList();
        assertThat(ParallelTrials.faults(cuts, () -> () -> {}, (none, cut) -> fault(cut)))
                .isEmpty();
        awaitIdle();
        assertThat(COMPLETE).isEmpty();
        assertThat(gateway.get("/__metrics").body()).doesNotContain("code=\"internal\"");
        assertThat(gateway.metric("gateway_circuit_open{route=\"x\",target=\"" + upstream.url() + "\"}"))
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void theWholeMessageIsComplete(CutMessage message) {
        COMPLETE.clear();
        try (RawClient client = gateway.connect()) {
            client.send(message.bytes());
            Awaitility.await().until(() -> COMPLETE.size() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aResetStreamNeverLooksComplete(int frames) {
        COMPLETE.clear();
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.request(1, 0, "POST", "/x");
            for (int i = 0; i < frames; i++) {
                client.data(1, 0, "hello");
            }
            client.send(RawHttp2Client.RST_STREAM, 0, 1, RawHttp2Client.number(8));
            awaitIdle();
            assertThat(COMPLETE).isEmpty();
            assertThat(client.get(3, "/x").answer(3).status()).isEqualTo(200);
        }
    }

    /** A client that sends FIN in the body still reads, and receives an error. */
    private static String fault(CutMessage.Cut cut) {
        try (RawClient client = gateway.connect()) {
            client.sendIfOpen(cut.sent());
            if (cut.end() == CutMessage.End.RST) {
                client.reset();
                return null;
            }
            client.finish();
            String answer = client.rest();
            boolean inBody = HTTP_1.contains(cut.message())
                    && cut.offset() >= cut.message().head();
            return answer.contains("complete") || (inBody && !answer.contains("HTTP/1.1 400 "))
                    ? cut + ": answered " + answer
                    : null;
        }
    }

    /** Waits until the gateway has accepted all earlier connections and no request is in progress. */
    private static void awaitIdle() {
        Awaitility.await()
                .until(() -> upstream.open() == 0 && gateway.metric("gateway_requests_in_flight{route=\"x\"}") == 0);
    }

    private static String headers(String method, int flags) {
        String block = RawHttp2Client.block(
                ":method", method, ":scheme", "http", ":authority", "h", ":path", "/x", "accept", "*/*");
        return frame(RawHttp2Client.HEADERS, RawHttp2Client.END_HEADERS | flags, block);
    }

    private static String data(String body, int flags) {
        return frame(RawHttp2Client.DATA, flags, body);
    }

    private static String frame(int type, int flags, String payload) {
        return RawHttp2Client.frame(payload.length(), type, flags, 1) + payload;
    }
}
