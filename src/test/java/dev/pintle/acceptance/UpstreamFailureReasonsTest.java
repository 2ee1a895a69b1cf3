package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.AccessLogLines;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Error responses of the gateway have the same code in Proxy-Status, in the problem and in the access log. */
class UpstreamFailureReasonsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PROXY_STATUS = Pattern.compile(
            "Proxy-Status: pintle; error=[a-z_]+(?:; next-hop=\"([^\"]+)\")?; details=\"([a-z-]+), attempts (\\d+)\"\r\n");

    private static final RawUpstream SUCCESS = RawUpstream.that(RawUpstream.answers(200, "hello"));
    private static final RawUpstream DEAD = RawUpstream.that(RawUpstream.answers(200, "never"));
    private static final RawUpstream RESETS = RawUpstream.that(RawUpstream.resetsBeforeHead());
    private static final RawUpstream SILENT = RawUpstream.that(RawUpstream.neverResponds());
    private static final RawUpstream CUTS = RawUpstream.that(RawUpstream.resetsAfterHead());
    private static TestGateway gateway;
    private static AccessLogLines lines;

    @BeforeAll
    static void start() {
        DEAD.shutDown();
        gateway = TestGateway.start();
        lines = AccessLogLines.record();
        gateway.route("dead", "/dead", DEAD.url(), ", \"retry\": {\"backoff\": \"1ms\"}");
        gateway.route("resets", "/resets", RESETS.url(), ", \"retry\": {\"backoff\": \"1ms\"}");
        gateway.route(
                "silent", "/silent", SILENT.url(), ", \"timeout\": {\"attempt\": \"100ms\"}, \"retry\": {\"max\": 0}");
        gateway.route("limited", "/limited", SUCCESS.url(), ", \"rateLimits\": [{\"requests\": 1, \"per\": \"1h\"}]");
        gateway.get("/limited");
        gateway.route("small", "/small", SUCCESS.url(), ", \"maxRequestBody\": \"1B\"");
        gateway.route("cuts", "/cuts", CUTS.url());
        gateway.route("open", "/open", SUCCESS.url(), ", \"circuitBreaker\": {}");
        gateway.admin(
                "PUT", "/api/v1/circuits/open", "{\"state\": \"open\", \"duration\": \"1h\", \"reason\": \"test\"}");
    }

    @AfterAll
    static void stop() {
        lines.close();
        gateway.close();
        SUCCESS.close();
        DEAD.close();
        RESETS.close();
        SILENT.close();
        CUTS.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /none HTTP/1.1\\r\\nHost: h\\r\\n | no-route | 0",
                "GET /dead/../x HTTP/1.1\\r\\nHost: h\\r\\n | bad-request | 0",
                "GET /dead HTTP/1.1\\r\\nBad Name: x\\r\\nHost: h\\r\\n | bad-request | 0",
                "POST /small HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: 9\\r\\n | body-too-large | 0",
                "GET /none HTTP/7.1\\r\\nHost: h\\r\\n | unsupported | 0",
                "POST /small HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: gzip, chunked\\r\\n | unsupported | 0",
                "GET /limited HTTP/1.1\\r\\nHost: h\\r\\n | rate-limited | 0",
                "GET /open HTTP/1.1\\r\\nHost: h\\r\\n | circuit-open | 0",
                "GET /dead HTTP/1.1\\r\\nHost: h\\r\\n | upstream-unreachable | 3",
                "GET /resets HTTP/1.1\\r\\nHost: h\\r\\n | upstream-reset | 3",
                "POST /resets HTTP/1.1\\r\\nHost: h\\r\\n | upstream-reset | 1",
                "GET /silent HTTP/1.1\\r\\nHost: h\\r\\n | upstream-timeout | 1"
            })
    void theSameCodeIsInAllPlaces(String head, String code, int attempts) throws Exception {
        String answer;
        try (RawClient client = gateway.connect()) {
            answer = client.send(head.translateEscapes() + "Connection: close\r\n\r\n")
                    .rest();
        }
        JsonNode problem = JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n")));
        assertThat(problem.path("code").asText()).isEqualTo(code);

        Matcher status = PROXY_STATUS.matcher(answer);
        assertThat(status.find()).as(answer).isTrue();
        assertThat(status.group(2)).isEqualTo(code);
        assertThat(status.group(3)).isEqualTo(Integer.toString(attempts));

        JsonNode line = lines.of(problem.path("traceId").asText());
        assertThat(line.path("code").asText()).isEqualTo(code);
        assertThat(line.path("attempts").asInt()).isEqualTo(attempts);
        assertThat(line.path("detail")).isEqualTo(problem.path("detail"));
        assertThat(line.path("status")).isEqualTo(problem.path("status"));
        if (attempts == 0) {
            assertThat(line.has("target")).isFalse();
            assertThat(status.group(1)).isNull();
        } else {
            assertThat(line.path("target").asText()).isEqualTo("http://" + status.group(1));
        }
    }

    @Test
    void aTruncatedResponseHasItsReasonInTheLog() {
        String trace = "11111111111111111111111111111111";
        try (RawClient client = gateway.connect()) {
            client.send("GET /cuts HTTP/1.1\r\nHost: h\r\nX-Trace-ID: " + trace + "\r\n\r\n")
                    .rest();
        }
        JsonNode line = lines.of(trace);
        assertThat(line.path("code").asText()).isEqualTo("upstream-reset");
        assertThat(line.path("target").asText()).isEqualTo(CUTS.url());
    }

    @Test
    void errorResponsesOfTheUpstreamHaveNoGatewayCode() {
        HttpResponse<String> answer;
        try (RawUpstream sad = RawUpstream.that(RawUpstream.answers(500, "sad"))) {
            gateway.route("sad", "/sad", sad.url());
            answer = gateway.get("/sad", "X-Trace-ID", "2".repeat(32));
        }
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Proxy-Status")).isEmpty();
        assertThat(lines.of("2".repeat(32)).has("code")).isFalse();
    }

    @Test
    void aClientDisconnectIsOnlyLogged() {
        String trace = "33333333333333333333333333333333";
        try (RawUpstream endless = RawUpstream.that(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            while (true) {
                connection.write("x".repeat(1 << 16));
            }
        })) {
            gateway.route("endless", "/endless", endless.url());
            RawClient client =
                    gateway.connect().send("GET /endless HTTP/1.1\r\nHost: h\r\nX-Trace-ID: " + trace + "\r\n\r\n");
            client.head();
            client.reset();
            await().untilAsserted(
                            () -> assertThat(gateway.metric("gateway_requests_total{route=\"endless\",status=\"499\"}"))
                                    .isEqualTo(1));
        }
        assertThat(lines.of(trace).path("code").asText()).isEqualTo("client-gone");
    }
}
