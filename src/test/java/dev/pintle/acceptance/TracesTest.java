package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.AccessLogLines;
import dev.pintle.testing.OtlpReceiver;
import dev.pintle.testing.OtlpReceiver.Span;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A distributed trace contains the exchange, its attempts, and their parents. */
class TracesTest {
    private static final String CLIENTS = "0af7651916cd43dd8448eb211c80319c";
    private static final RawUpstream BUSY = RawUpstream.that(RawUpstream.answers(503, "busy"));
    private static final RawUpstream DEAD = RawUpstream.that(RawUpstream.answers(200, "never"));
    private static OtlpReceiver collector;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        DEAD.shutDown();
        collector = new OtlpReceiver();
        gateway = TestGateway.start("tracing.endpoint=" + collector.url(), "tracing.headers=X-Token=secret");
        gateway.route("busy", "/busy", BUSY.url(), ", \"retry\": {\"backoff\": \"1ms\"}");
        gateway.route("dead", "/dead", DEAD.url(), ", \"retry\": {\"max\": 0}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        collector.close();
        BUSY.close();
        DEAD.close();
    }

    private static String traceOf(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Trace-ID").orElseThrow();
    }

    private static List<RawUpstream.Request> sent(String traceId) {
        return BUSY.requests().stream()
                .filter(request -> traceId.equals(request.field("X-Trace-ID")))
                .toList();
    }

    @Test
    void eachAttemptIsAChildOfTheExchangeAndTheParentOfTheUpstreamSpan() {
        HttpResponse<String> answer = gateway.get("/busy/1?secret=1");
        String trace = traceOf(answer);

        List<Span> spans = collector.trace(trace, 4);
        assertThat(spans).hasSize(4);
        Span exchange = spans.getFirst();
        assertThat(exchange.parent()).isEmpty();
        assertThat(exchange.kind()).isEqualTo(2);
        assertThat(exchange.name()).isEqualTo("GET /busy");
        assertThat(exchange.service()).isEqualTo("pintle");
        assertThat(exchange.status()).isEqualTo(2);
        assertThat(exchange.attributes())
                .containsEntry("http.request.method", "GET")
                .containsEntry("http.route", "/busy")
                .containsEntry("http.response.status_code", "503")
                .containsEntry("error.type", "503")
                .containsEntry("url.path", "/busy/1")
                .containsEntry("url.scheme", "http")
                .containsEntry("server.address", "127.0.0.1")
                .containsEntry("server.port", Integer.toString(gateway.port()))
                .containsEntry("network.protocol.version", "1.1")
                .containsEntry("pintle.route", "busy");

        List<Span> attempts = spans.subList(1, 4);
        assertThat(attempts).allSatisfy(attempt -> {
            assertThat(attempt.parent()).isEqualTo(exchange.id());
            assertThat(attempt.kind()).isEqualTo(3);
            assertThat(attempt.name()).isEqualTo("GET");
            assertThat(attempt.status()).isEqualTo(2);
            assertThat(attempt.start()).isGreaterThanOrEqualTo(exchange.start());
            assertThat(attempt.end()).isBetween(attempt.start(), exchange.end());
            assertThat(attempt.attributes())
                    .containsEntry("http.response.status_code", "503")
                    .containsEntry("url.full", BUSY.url() + "/busy/1")
                    .containsEntry("server.port", Integer.toString(BUSY.port()));
        });
        assertThat(attempts)
                .extracting(attempt -> attempt.attribute("http.request.resend_count"))
                .containsExactly("", "1", "2");
        assertThat(sent(trace))
                .extracting(request -> request.field("traceparent"))
                .containsExactlyElementsOf(attempts.stream()
                        .map(attempt -> "00-" + trace + '-' + attempt.id() + "-01")
                        .toList());
        assertThat(spans.toString()).doesNotContain("secret");
        assertThat(collector.tokens()).isNotEmpty().containsOnly("secret");
    }

    @Test
    void aClientTraceContinuesBelowItsSpan() {
        String parent = "00-" + CLIENTS + "-b7ad6b7169203331-01";
        HttpResponse<String> answer = gateway.get("/busy", "traceparent", parent, "tracestate", "vendor=1,other=2");

        assertThat(traceOf(answer)).isEqualTo(CLIENTS);
        assertThat(collector.trace(CLIENTS, 4).getFirst().parent()).isEqualTo("b7ad6b7169203331");
        assertThat(sent(CLIENTS))
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.field("tracestate")).isEqualTo("vendor=1,other=2"));
    }

    @Test
    void anUnsampledClientTraceIsRecordedNeitherHereNorUpstream() {
        String trace = "1".repeat(32);
        gateway.get("/busy", "traceparent", "00-" + trace + "-b7ad6b7169203331-00");
        collector.trace(traceOf(gateway.get("/busy")), 4);

        assertThat(collector.of(trace)).isEmpty();
        assertThat(sent(trace))
                .hasSize(3)
                .allSatisfy(request ->
                        assertThat(request.field("traceparent")).matches("00-" + trace + "-[0-9a-f]{16}-00"));
    }

    @Test
    void theTraceIdOfAClientWithoutSpansIsTheExportedOne() {
        HttpResponse<String> answer = gateway.get("/none", "X-Trace-ID", "2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d");
        assertThat(traceOf(answer)).isEqualTo("2c5ea4c0406711e98bad9b1deb4d3b7d");
        Span refused = collector.trace(traceOf(answer), 1).getFirst();
        assertThat(refused.attribute("pintle.code")).isEqualTo("no-route");
        assertThat(refused.status()).as("a client error is not a server error").isZero();
        assertThat(refused.name()).isEqualTo("GET");
    }

    @Test
    void aHostileTraceIsReplacedEverywhere() {
        HttpResponse<String> answer = gateway.get(
                "/busy",
                "traceparent",
                "00-" + "0".repeat(32) + "-b7ad6b7169203331-01",
                "X-Trace-ID",
                "<script>",
                "tracestate",
                "x=1");
        String trace = traceOf(answer);
        assertThat(trace).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
        assertThat(collector.trace(trace, 4).getFirst().parent()).isEmpty();
        assertThat(sent(trace))
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.field("tracestate")).isNull());
    }

    @Test
    void aFailedAttemptHasItsFailureKind() {
        String trace = traceOf(gateway.get("/dead"));
        List<Span> spans = collector.trace(trace, 2);
        assertThat(spans.get(0).attribute("error.type")).isEqualTo("upstream-unreachable");
        assertThat(spans.get(1).attribute("error.type")).isEqualTo("connect");
        assertThat(spans.get(1).attributes()).doesNotContainKey("http.response.status_code");
    }

    @Test
    void unknownMethodsCreateNoSpanNames() {
        String trace = "3".repeat(32);
        try (RawClient client = gateway.connect()) {
            client.send("BREW /none HTTP/1.1\r\nHost: pot\r\nX-Trace-ID: " + trace + "\r\nConnection: close\r\n\r\n")
                    .rest();
        }
        Span span = collector.trace(trace, 1).getLast();
        assertThat(span.name()).isEqualTo("HTTP");
        assertThat(span.attribute("http.request.method")).isEqualTo("_OTHER");
        assertThat(span.attribute("http.request.method_original")).isEqualTo("BREW");
    }

    @Test
    void introspectionIsNotTraced() {
        String trace = "4".repeat(32);
        gateway.get("/__health", "X-Trace-ID", trace);
        collector.trace(traceOf(gateway.get("/busy")), 4);
        assertThat(collector.of(trace)).isEmpty();
    }

    @Test
    void theTraceIdIsTheSameEverywhere() {
        try (AccessLogLines lines = AccessLogLines.record()) {
            HttpResponse<String> answer = gateway.get("/dead");
            String trace = traceOf(answer);
            assertThat(answer.body()).contains("\"traceId\":\"" + trace + '"');
            assertThat(lines.of(trace).path("traceId").asText()).isEqualTo(trace);
            assertThat(collector.trace(trace, 2)).hasSize(2);
        }
    }
}
