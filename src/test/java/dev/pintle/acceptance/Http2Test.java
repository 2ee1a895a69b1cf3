package dev.pintle.acceptance;

import static dev.pintle.testing.RawHttp2Client.END_HEADERS;
import static dev.pintle.testing.RawHttp2Client.END_STREAM;
import static dev.pintle.testing.RawHttp2Client.HEADERS;
import static dev.pintle.testing.RawHttp2Client.PING;
import static dev.pintle.testing.RawHttp2Client.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.AccessLogLines;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guarantees of HTTP/1.1 apply to HTTP/2: a message stays one message, and a cut-off one never looks complete. */
class Http2Test {
    private static TestGateway gateway;

    private final RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
    private RawHttp2Client client;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void connect() {
        gateway.route("x", "/x", upstream.url(), ", \"retry\": {\"max\": 0}");
        client = RawHttp2Client.to(gateway.port());
    }

    @AfterEach
    void close() {
        client.close();
        upstream.close();
    }

    private RawUpstream.Request seen() {
        assertThat(upstream.requests()).hasSize(1);
        return upstream.requests().getFirst();
    }

    @Test
    void aRequestIsForwardedAndAnswered() {
        RawHttp2Client.Answer answer =
                client.get(1, "/x/a%2Fb//c?q=a%26b", "x-id", "AB").answer(1);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello");
        assertThat(answer.fields())
                .containsKey("x-trace-id")
                .containsEntry("via", "1.1 pintle")
                .containsEntry("content-length", "5");
        assertThat(seen().line()).isEqualTo("GET /x/a%2Fb//c?q=a%26b HTTP/1.1");
        assertThat(seen().fields())
                .containsEntry("via", "2.0 pintle")
                .containsEntry("x-id", "AB")
                .containsEntry("x-forwarded-host", "h")
                .containsEntry("x-forwarded-proto", "http")
                .doesNotContainKeys("transfer-encoding", "content-length", ":authority");
    }

    @Test
    void theSchemeIsThatOfTheConnection() {
        client.headers(1, END_STREAM, ":method", "GET", ":scheme", "https", ":authority", "h", ":path", "/x");
        assertThat(client.answer(1).status()).isEqualTo(200);
        assertThat(seen().fields()).containsEntry("x-forwarded-proto", "http");
    }

    @Test
    void theAuthorityIsTheHost() {
        gateway.route("x", "/x", upstream.url(), ", \"rewrite\": {\"preserveHost\": true}");
        assertThat(client.get(1, "/x", "host", "h").answer(1).status()).isEqualTo(200);
        assertThat(seen().fields()).containsEntry("host", "h");
        assertThat(client.get(3, "/x", "host", "elsewhere").answer(3).status()).isNotEqualTo(200);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void theHostHeaderIsUsedWithoutAnAuthority() {
        gateway.route("x", "/x", upstream.url(), ", \"rewrite\": {\"preserveHost\": true}");
        client.headers(1, END_STREAM, ":method", "GET", ":scheme", "http", ":path", "/x", "host", "alone");
        assertThat(client.answer(1).status()).isEqualTo(200);
        assertThat(seen().fields()).containsEntry("host", "alone");
    }

    @Test
    void cookiesAreForwardedAsOneHeader() {
        client.get(1, "/x", "cookie", "a=1", "cookie", "b=2").answer(1);
        assertThat(seen().fields()).containsEntry("cookie", "a=1; b=2");
    }

    @Test
    void aBodyOfUnknownLengthIsForwardedInChunks() {
        client.request(1, 0, "POST", "/x").data(1, 0, "first ").data(1, END_STREAM, "second");
        assertThat(client.answer(1).body()).isEqualTo("hello");
        assertThat(seen().body()).isEqualTo("first second");
        assertThat(seen().fields())
                .containsEntry("transfer-encoding", "chunked")
                .doesNotContainKey("content-length");
    }

    @Test
    void aBodyOfKnownLengthKeepsIt() {
        client.request(1, 0, "POST", "/x", "content-length", "4").data(1, END_STREAM, "four");
        assertThat(client.answer(1).body()).isEqualTo("hello");
        assertThat(seen().body()).isEqualTo("four");
        assertThat(seen().fields()).containsEntry("content-length", "4").doesNotContainKey("transfer-encoding");
    }

    @Test
    void aBodyMayArriveWithTheFirstBytesOfTheConnection() {
        String head = RawHttp2Client.block(":method", "POST", ":scheme", "http", ":authority", "h", ":path", "/x");
        String part = "b".repeat(16_000);
        try (RawHttp2Client hasty = RawHttp2Client.silent(gateway.port())) {
            hasty.raw(RawHttp2Client.PREFACE
                    + RawHttp2Client.frame(0, RawHttp2Client.SETTINGS, 0, 0)
                    + RawHttp2Client.frame(head.length(), HEADERS, END_HEADERS, 1)
                    + head
                    + RawHttp2Client.frame(part.length(), RawHttp2Client.DATA, 0, 1)
                    + part
                    + RawHttp2Client.frame(part.length(), RawHttp2Client.DATA, END_STREAM, 1)
                    + part);
            assertThat(hasty.answer(1).body()).isEqualTo("hello");
        }
        assertThat(seen().body()).isEqualTo(part + part);
    }

    @Test
    void anEmptyFrameBeforeABodyKeepsTheBody() {
        client.request(1, 0, "POST", "/x").data(1, 0, "").data(1, END_STREAM, "body");
        assertThat(client.answer(1).body()).isEqualTo("hello");
        assertThat(seen().body()).isEqualTo("body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "5", "100000"})
    void aBodyOfTheWrongLengthIsRejected(String length) {
        client.request(1, 0, "POST", "/x", "content-length", length).data(1, END_STREAM, "four");
        assertThat(client.answer(1).status()).isNotEqualTo(200);
        assertThat(client.get(3, "/x").answer(3).body()).isEqualTo("hello");
        assertThat(seen().method()).isEqualTo("GET");
    }

    @Test
    void trailersOfARequestAreNotForwardedAsHeaders() {
        client.request(1, 0, "POST", "/x", "content-length", "4")
                .data(1, 0, "four")
                .headers(1, END_STREAM, "x-forwarded-for", "1.2.3.4");
        assertThat(client.answer(1).status()).isEqualTo(200);
        assertThat(seen().fields()).containsEntry("x-forwarded-for", "127.0.0.1");
    }

    @Test
    void trailersOfAResponseFollowItsBody() {
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n");
            connection.write("5\r\nhello\r\n0\r\nX-Sum: 7\r\n\r\n");
        });
        RawHttp2Client.Answer answer = client.get(1, "/x", "te", "trailers").answer(1);
        assertThat(answer.body()).isEqualTo("hello");
        assertThat(answer.trailers()).containsEntry("x-sum", "7");
        assertThat(seen().fields()).containsEntry("te", "trailers");
    }

    @Test
    void hopByHopHeadersOfTheUpstreamAreRemoved() {
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nConnection: close, X-Mine\r\nKeep-Alive: timeout=5\r\nX-Mine: 1\r\n");
            connection.write("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        });
        RawHttp2Client.Answer answer = client.get(1, "/x").answer(1);
        assertThat(answer.body()).isEqualTo("hello");
        assertThat(answer.fields()).doesNotContainKeys("connection", "keep-alive", "transfer-encoding", "x-mine");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void responsesWithoutABodyEndWithTheirHead(int status) {
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 " + status + " X\r\nETag: \"a\"\r\n\r\n");
        });
        RawHttp2Client.Answer answer = client.get(1, "/x").answer(1);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(-1);
        assertThat(answer.fields()).containsEntry("etag", "\"a\"");
    }

    @Test
    void aResponseToHeadHasALengthAndNoBody() {
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        });
        RawHttp2Client.Answer answer =
                client.request(1, END_STREAM, "HEAD", "/x").answer(1);
        assertThat(answer.fields()).containsEntry("content-length", "5");
        assertThat(answer.body()).isEmpty();
        assertThat(answer.error()).isEqualTo(-1);
    }

    @Test
    void interimResponsesAreForwarded() {
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
            connection.answer(200, "hello");
        });
        client.get(1, "/x");
        assertThat(client.until(HEADERS).getLast().has(END_STREAM)).isFalse();
        assertThat(client.answer(1).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10\r\n\r\n0123", "Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n"})
    void aResponseThatBreaksOffResetsOnlyItsStream(String answer) {
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\n" + answer);
            connection.reset();
        });
        RawHttp2Client.Answer cut = client.get(1, "/x").answer(1);
        assertThat(cut.error()).isGreaterThan(0).isNotEqualTo(Integer.MAX_VALUE);
        upstream.now(RawUpstream.answers(200, "hello"));
        assertThat(client.get(3, "/x").answer(3).body()).isEqualTo("hello");
    }

    @Test
    void aClientThatDisconnectsAfterItsResponseIsASuccess() {
        gateway.route("left", "/left", upstream.url());
        for (int i = 0; i < 100; i++) {
            try (RawHttp2Client leaving = RawHttp2Client.to(gateway.port())) {
                assertThat(leaving.get(1, "/left").answer(1).body()).isEqualTo("hello");
            }
        }
        await().until(() -> gateway.metric("gateway_requests_total{route=\"left\",status=\"200\"}") == 100);
    }

    @Test
    void aCanceledRequestIsCanceledAtTheUpstream() throws Exception {
        CompletableFuture<String> rest = new CompletableFuture<>();
        CountDownLatch arrived = new CountDownLatch(1);
        upstream.now(connection -> {
            connection.request();
            arrived.countDown();
            rest.complete(connection.rest());
        });
        String cancelled = "gateway_requests_total{route=\"x\",status=\"499\"}";
        double before = gateway.metric(cancelled);
        client.get(1, "/x");
        arrived.await();
        client.send(RST_STREAM, 0, 1, RawHttp2Client.number(8));
        assertThat(rest.get()).isEmpty();
        await().until(() -> gateway.metric(cancelled) == before + 1);
    }

    @Test
    void aStreamResetForAClientErrorIsLoggedAsSuch() {
        String trace = "5".repeat(32);
        upstream.now(RawUpstream.neverResponds());
        try (AccessLogLines lines = AccessLogLines.record()) {
            client.get(1, "/x", "x-trace-id", trace);
            await().until(() -> upstream.requests().size() == 1);
            client.data(1, 0, "more").until(RST_STREAM);
            assertThat(lines.of(trace).path("code").asText()).isEqualTo("bad-request");
        }
        await().until(() -> upstream.open() == 0);
    }

    @Test
    void aCanceledUploadNeverLooksComplete() {
        CompletableFuture<String> rest = new CompletableFuture<>();
        CountDownLatch arrived = new CountDownLatch(1);
        upstream.now(connection -> {
            connection.head();
            connection.until("first");
            arrived.countDown();
            rest.complete(connection.rest());
        });
        client.request(1, 0, "POST", "/x").data(1, 0, "first");
        assertThat(arrived).satisfies(CountDownLatch::await);
        client.send(RST_STREAM, 0, 1, RawHttp2Client.number(8));
        assertThat(rest.join()).doesNotContain("\r\n0\r\n");
    }

    @Test
    void connectIsRejected() {
        client.headers(1, 0, ":method", "CONNECT", ":authority", "h:80");
        RawHttp2Client.Answer answer = client.answer(1);
        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.fields()).doesNotContainKey("connection");
    }

    @Test
    void aHeadThatIsTooLargeIsRejectedAndTheConnectionStays() {
        RawHttp2Client.Answer answer = client.get(1, "/x", "x-big", "b".repeat(12_000), "x-big", "b".repeat(4_000))
                .answer(1);
        assertThat(answer.status()).isEqualTo(200);
        String block = RawHttp2Client.block(
                ":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/x", "x-big", "b".repeat(14_000));
        String more = RawHttp2Client.block("x-more", "b".repeat(14_000));
        client.send(HEADERS, END_STREAM, 3, block)
                .send(RawHttp2Client.CONTINUATION, 0, 3, more)
                .send(RawHttp2Client.CONTINUATION, END_HEADERS, 3, more);
        assertThat(client.answer(3).status()).isIn(431, 0);
        assertThat(gateway.get("/x").body()).isEqualTo("hello");
        assertThat(upstream.requests()).hasSize(2);
    }

    @Test
    void aLargeHeadOfAnUpstreamPasses() {
        String big = "b".repeat(15_000);
        upstream.now(RawUpstream.answers(
                200, "X-A: " + big + "\r\nX-B: " + big + "\r\nX-C: " + big + "\r\nX-D: " + big, "hello"));
        RawHttp2Client.Answer answer = client.get(1, "/x").answer(1);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(List.of("x-a", "x-b", "x-c", "x-d"))
                .allSatisfy(name -> assertThat(answer.fields().get(name)).hasSize(15_000));
        assertThat(answer.body()).isEqualTo("hello");
    }

    @Test
    void ambiguousPathsAreRejected() {
        assertThat(client.get(1, "/x/../secret").answer(1).status()).isEqualTo(400);
        assertThat(client.get(3, "/x/%zz").answer(3).status()).isEqualTo(400);
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void streamsAreServedConcurrently() {
        CountDownLatch second = new CountDownLatch(1);
        upstream.now(connection -> {
            if (connection.request().target().equals("/x/slow")) {
                connection.await(second);
                connection.answer(200, "slow");
            } else {
                connection.answer(200, "quick");
            }
        });
        client.get(1, "/x/slow").get(3, "/x/quick");
        assertThat(client.answer(3).body()).isEqualTo("quick");
        second.countDown();
        assertThat(client.answer(1).body()).isEqualTo("slow");
    }

    @Test
    void theUpgradeOfHttp11IsIgnored() {
        try (RawClient http1 = gateway.connect()) {
            http1.send("GET /x HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings, close\r\n");
            http1.send("Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n");
            assertThat(http1.rest()).startsWith("HTTP/1.1 200").endsWith("hello");
        }
        assertThat(seen().fields()).doesNotContainKeys("upgrade", "http2-settings");
    }

    @Test
    void anIdleConnectionEndsDespitePings() {
        try (TestGateway hasty = TestGateway.start("server.applicationConnectors[0].idleTimeout=900ms");
                RawHttp2Client idle = RawHttp2Client.to(hasty.port());
                RawUpstream pace =
                        RawUpstream.that(connection -> connection.sendSlowly("x".repeat(300), Duration.ofMillis(100)));
                RawClient due = RawClient.to(pace.port())) {
            RawHttp2Client.Frame last;
            do {
                assertThat(due.until("x")).isEqualTo("x");
                last = idle.send(PING, 0, 0, "12345678").frame();
            } while (last != null && last.type() != RawHttp2Client.GOAWAY);
            assertThat(last).isNotNull();
            assertThat(last.error()).isZero();
            while (last != null) {
                assertThat(due.until("x")).isEqualTo("x");
                last = idle.send(PING, 0, 0, "12345678").frame();
            }
        }
    }

    @Test
    void theAccessLogHasALinePerRequest() {
        try (AccessLogLines lines = AccessLogLines.record()) {
            String trace = client.get(1, "/x").answer(1).fields().get("x-trace-id");
            assertThat(lines.of(trace).path("status").asInt()).isEqualTo(200);
        }
    }
}
