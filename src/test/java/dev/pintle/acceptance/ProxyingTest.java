package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and responses pass the gateway unchanged. */
class ProxyingTest {
    private static TestGateway gateway;

    private final RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("trustedProxies=10.0.0.0/8");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private RawUpstream.Request sent() {
        assertThat(upstream.requests()).hasSize(1);
        return upstream.requests().getFirst();
    }

    /** Sends a request on its own connection and reads the whole response. */
    private String exchange(String head) {
        return exchange(head, "");
    }

    private String exchange(String head, String body) {
        try (upstream;
                RawClient client = gateway.connect()) {
            return client.send(head.stripIndent().replace("\n", "\r\n") + "Connection: close\r\n\r\n" + body)
                    .rest();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "MKCOL", "FOO", "get"})
    void everyMethodPasses(String method) {
        gateway.route("x", "/x", upstream.url());
        assertThat(exchange(method + " /x/a HTTP/1.1\nHost: h\n")).startsWith("HTTP/1.1 200");
        assertThat(sent().line()).isEqualTo(method + " /x/a HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x/a%20b/%C3%A9?q=%2F&r=a+b&s=%C3%A9&t=%zz",
                "/x//y;v=1?a=b&&c",
                "/x/@scope%2Fname?",
                "/x?next=http://other/%3F",
                "/x/a:b@c!$&'()*+,=~"
            })
    void pathAndQueryAreForwardedByteByByte(String target) {
        gateway.route("x", "/x", upstream.url());
        assertThat(exchange("GET " + target + " HTTP/1.1\nHost: h\n")).startsWith("HTTP/1.1 200");
        assertThat(sent().target()).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/x | | \"stripPrefix\": true | /x/a%2Fb?c | /a%2Fb?c",
                "/x | | \"stripPrefix\": true | /x | /",
                "/x | | \"prefix\": \"/v2\" | /x/a | /v2/x/a",
                "/x | | \"stripPrefix\": true, \"prefix\": \"/v2\" | /x/a | /v2/a",
                "/x | | \"stripPrefix\": true, \"prefix\": \"/v2\" | /x | /v2",
                "/x | /base | \"stripPrefix\": true | /x/a | /base/a",
                "/x | /base/ | \"stripPrefix\": false | /x/a | /base/x/a"
            })
    void thePathIsRewritten(String path, String targetPath, String rewrite, String sent, String received) {
        String base = targetPath == null ? "" : targetPath;
        gateway.route("x", path, upstream.url() + base, ", \"rewrite\": {" + rewrite + "}");
        exchange("GET " + sent + " HTTP/1.1\nHost: h\n");
        assertThat(sent().target()).isEqualTo(received);
    }

    @Test
    void hopByHopHeadersAreRemovedAndCannotRemoveGatewayHeaders() {
        gateway.route("x", "/x", upstream.url());
        exchange("""
                GET /x HTTP/1.1
                Host: h
                Keep-Alive: timeout=5
                Proxy-Connection: keep-alive
                X-Hop: secret
                X-End: kept
                Connection: X-Hop, X-Forwarded-For, X-Trace-ID
                """);
        assertThat(sent().fields().keySet()).doesNotContain("keep-alive", "proxy-connection", "x-hop");
        assertThat(sent().field("X-End")).isEqualTo("kept");
        assertThat(sent().field("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(sent().field("X-Trace-ID")).matches("[0-9a-f]{32}");
    }

    @Test
    void theUpstreamReceivesOnlyTrueForwardingHeaders() {
        gateway.route("x", "/x", upstream.url(), ", \"rewrite\": {\"stripPrefix\": true}");
        exchange("""
                GET /x/a HTTP/1.1
                Host: shop.example:81
                X-Forwarded-For: 1.2.3.4
                X-Forwarded-Proto: https
                X-Forwarded-User: root
                X_Forwarded_For: 1.2.3.4
                Forwarded: for=1.2.3.4
                X-Real-IP: 1.2.3.4
                """);
        RawUpstream.Request sent = sent();
        assertThat(sent.field("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(sent.field("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(sent.field("X-Forwarded-Host")).isEqualTo("shop.example:81");
        assertThat(sent.field("X-Forwarded-Prefix")).isEqualTo("/x");
        assertThat(sent.field("Forwarded")).isEqualTo("for=127.0.0.1;host=\"shop.example:81\";proto=http");
        assertThat(sent.field("Via")).isEqualTo("1.1 pintle");
        assertThat(sent.fields().keySet()).doesNotContain("x-forwarded-user", "x-real-ip", "x_forwarded_for");
    }

    @Test
    void theHostIsTheTargetsUnlessItIsPreserved() {
        gateway.route("x", "/x", upstream.url());
        exchange("GET /x HTTP/1.1\nHost: shop.example\n");
        assertThat(sent().field("Host")).isEqualTo("127.0.0.1:" + upstream.port());
    }

    @Test
    void aPreservedHostIsThatOfTheClient() {
        gateway.route("x", "/x", upstream.url(), ", \"rewrite\": {\"preserveHost\": true}");
        exchange("GET /x HTTP/1.1\nHost: shop.example\n");
        assertThat(sent().field("Host")).isEqualTo("shop.example");
    }

    @Test
    void repeatedHeadersKeepTheirOrder() {
        gateway.route("x", "/x", upstream.url());
        upstream.now(connection -> {
            connection.request();
            connection.write("""
                    HTTP/1.1 207 Odd
                    Set-Cookie: a=1; Path=/
                    X-A: 1
                    Set-Cookie: b=2
                    X-A: 2
                    Content-Type: text/plain;  charset="x"
                    Date: Tue, 15 Nov 1994 08:12:31 GMT
                    Content-Length: 0

                    """.replace("\n", "\r\n"));
        });
        String answer = exchange("GET /x HTTP/1.1\nHost: h\n");
        List<String> lines = answer.lines().toList();
        assertThat(lines.getFirst()).startsWith("HTTP/1.1 207");
        assertThat(lines)
                .containsSubsequence("Set-Cookie: a=1; Path=/", "X-A: 1", "Set-Cookie: b=2", "X-A: 2")
                .contains("Content-Type: text/plain;  charset=\"x\"", "Date: Tue, 15 Nov 1994 08:12:31 GMT")
                .contains("Via: 1.1 pintle");
    }

    @ParameterizedTest
    @CsvSource({"HEAD, 200, Content-Length: 5", "GET, 204, X-A: 1", "GET, 304, Content-Length: 5"})
    void responsesWithoutContentHaveNoBody(String method, int status, String field) {
        gateway.route("x", "/x", upstream.url());
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 " + status + " X\r\n" + field + "\r\n\r\n");
        });
        String answer = exchange(method + " /x HTTP/1.1\nHost: h\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains(field).endsWith("\r\n\r\n");
    }

    @Test
    void aChunkedUploadArrivesComplete() {
        gateway.route("x", "/x", upstream.url());
        exchange(
                "POST /x HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n",
                "5\r\nhello\r\n6;e=1\r\n world\r\n0\r\n\r\n");
        assertThat(sent().body()).isEqualTo("hello world");
    }

    @Test
    void aTruncatedUploadIsNeverCompleted() {
        gateway.route("x", "/x", upstream.url());
        try (upstream;
                RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            await().until(() -> upstream.open() > 0);
            client.finish();
            assertThat(client.rest()).startsWith("HTTP/1.1 400").contains("\"code\":\"bad-request\"");
            await().until(() -> upstream.open() == 0);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void theClientGets100ContinueOnlyFromTheUpstream() {
        gateway.route("x", "/x", upstream.url());
        try (upstream;
                RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 100");
            client.send("hello");
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(sent().body()).isEqualTo("hello");
        }
    }

    @Test
    void anUpstreamMayRejectABodyBefore100Continue() {
        gateway.route("x", "/x", upstream.url());
        upstream.now(connection -> {
            connection.head();
            connection.write("HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            connection.linger();
        });
        try (upstream;
                RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void aLargeHeadOfTheUpstreamReachesTheClient() {
        gateway.route("x", "/x", upstream.url());
        String large = "x".repeat(12_000);
        upstream.now(connection -> {
            connection.request();
            connection.write(
                    "HTTP/1.1 200 OK\r\nX-A: " + large + "\r\nX-B: " + large + "\r\nContent-Length: 2\r\n\r\nok");
        });
        assertThat(exchange("GET /x HTTP/1.1\nHost: h\n"))
                .startsWith("HTTP/1.1 200")
                .contains("X-B: " + large)
                .endsWith("ok");
    }

    @Test
    void theIdleTimeoutOfARouteEndsWithItsExchange() {
        gateway.route("x", "/x", upstream.url(), ", \"timeout\": {\"idle\": \"50ms\"}");
        upstream.now(RawUpstream.answers(200, "hello"));
        try (RawUpstream pace = RawUpstream.that(connection -> connection.sendSlowly("xxxxx", Duration.ofMillis(100)));
                RawClient client = gateway.connect();
                RawClient later = RawClient.to(pace.port())) {
            assertThat(client.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n").until("hello"))
                    .startsWith("HTTP/1.1 200");
            later.until("xxxxx");
            assertThat(client.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n").until("hello"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aResponseThatBreaksOffIsCutOffForTheClient() {
        gateway.route("x", "/x", upstream.url(), ", \"retry\": {\"max\": 0}");
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        });
        String answer = exchange("GET /x HTTP/1.1\nHost: h\n");
        assertThat(answer).contains("hello").doesNotContain("\r\n0\r\n");
        assertThat(gateway.metric("gateway_requests_total{route=\"x\",status=\"200\"}"))
                .isPositive();
    }

    @Test
    void trailersReachAClientThatAcceptsThem() {
        gateway.route("x", "/x", upstream.url());
        upstream.now(connection -> {
            connection.request();
            connection.write(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 42\r\n\r\n");
        });
        assertThat(exchange("GET /x HTTP/1.1\nHost: h\nTE: trailers\n")).endsWith("0\r\nX-Sum: 42\r\n\r\n");
    }

    @Test
    void earlyHintsAreForwardedBeforeTheResponse() {
        gateway.route("x", "/x", upstream.url());
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
            connection.answer(200, "hello");
        });
        assertThat(exchange("GET /x HTTP/1.1\nHost: h\n")).containsSubsequence("103", "Link: </a.css>", "200", "hello");
    }

    @Test
    void eventsArriveOneByOne() {
        gateway.route("x", "/x", upstream.url());
        CountDownLatch seen = new CountDownLatch(1);
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
            connection.await(seen);
            connection.write("data: 2\n\n");
        });
        try (upstream;
                RawClient client = gateway.connect()) {
            client.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.until("data: 1\n\n")).endsWith("data: 1\n\n");
            seen.countDown();
            assertThat(client.until("data: 2\n\n")).endsWith("data: 2\n\n");
        }
    }

    @Test
    void aClientDisconnectClosesTheUpstreamConnection() {
        gateway.route("left", "/left", upstream.url());
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\n\r\n");
            for (int i = 0; i < 100_000; i++) {
                connection.write("x".repeat(1_000));
            }
        });
        try (upstream;
                RawClient client = gateway.connect()) {
            client.send("GET /left HTTP/1.1\r\nHost: h\r\n\r\n");
            client.head();
            client.reset();
            await().until(() -> upstream.open() == 0);
            await().until(() -> gateway.metric("gateway_requests_total{route=\"left\",status=\"499\"}") == 1);
        }
    }

    @Test
    void aClientDisconnectDuringEarlyHintsIsNotAnUpstreamFailure() {
        gateway.route("hinted", "/hinted", upstream.url(), ", \"circuitBreaker\": {\"consecutiveFailures\": 1}");
        CountDownLatch left = new CountDownLatch(1);
        upstream.now(connection -> {
            connection.request();
            connection.await(left);
            for (int i = 0; i < 100_000; i++) {
                connection.write("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
            }
        });
        try (upstream;
                RawClient client = gateway.connect()) {
            client.send("GET /hinted HTTP/1.1\r\nHost: h\r\n\r\n");
            await().until(() -> upstream.requests().size() == 1);
            client.reset();
            left.countDown();
            await().until(() -> gateway.metric("gateway_requests_total{route=\"hinted\",status=\"499\"}") == 1);
            upstream.now(RawUpstream.answers(200, "hello"));
            assertThat(gateway.get("/hinted").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void everyResponseHasATraceId() {
        gateway.route("x", "/x", upstream.url());
        upstream.now(RawUpstream.answers(200, "x-trace-id: of the upstream", "hello"));
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        try (upstream) {
            HttpResponse<String> answer = gateway.get("/x", "traceparent", parent);
            assertThat(answer.headers().allValues("X-Trace-ID")).containsExactly("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(sent().field("traceparent"))
                    .startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-")
                    .endsWith("-01");
            assertThat(sent().field("traceparent")).isNotEqualTo(parent);
            assertThat(gateway.get("/nowhere").headers().firstValue("X-Trace-ID"))
                    .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f]{32}"));
        }
    }
}
