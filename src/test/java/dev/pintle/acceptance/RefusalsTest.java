package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway answers rejected requests clearly, whichever component rejects them, and they reach no upstream. */
class RefusalsTest {
    private static final RawUpstream UPSTREAM = RawUpstream.that(RawUpstream.answers(200, "hello"));
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
        gateway.route("x", "/x", UPSTREAM.url(), ", \"maxRequestBody\": \"10B\"");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    private static String answer(String request) {
        try (RawClient client = gateway.connect()) {
            return client.send(request).rest();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /x HTTP/1.1\\r\\n\\r\\n | 400 | bad-request",
                "GET /x HTTP/3.0\\r\\nHost: h\\r\\n\\r\\n | 505 | unsupported",
                "GET /x HTTP/1.1\\r\\nHost: h\\r\\nBad Name: v\\r\\n\\r\\n | 400 | bad-request",
                "POST /x HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: 5\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n | 400 | bad-request",
                "POST /x HTTP/1.1\\r\\nHost: h\\r\\nConnection: close\\r\\nTransfer-Encoding: gzip, chunked\\r\\n\\r\\n0\\r\\n\\r\\n | 501 | unsupported",
                "POST /x HTTP/1.1\\r\\nHost: h\\r\\nConnection: close\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n | 400 | bad-request",
                "POST /x HTTP/1.1\\r\\nHost: h\\r\\nConnection: close\\r\\nContent-Length: 11\\r\\n\\r\\nhello world | 413 | body-too-large",
                "GET /x/%00 HTTP/1.1\\r\\nHost: h\\r\\nConnection: close\\r\\n\\r\\n | 400 | bad-request",
                "GET /x/../y HTTP/1.1\\r\\nHost: h\\r\\nConnection: close\\r\\n\\r\\n | 400 | bad-request",
                "GET /nowhere HTTP/1.1\\r\\nHost: h\\r\\nConnection: close\\r\\n\\r\\n | 404 | no-route"
            })
    void aRejectionIsAProblemWithACodeAndATraceId(String escaped, int status, String code) {
        int before = UPSTREAM.requests().size();
        String answer = answer(escaped.translateEscapes());
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("Content-Type: application/problem+json")
                .contains("Proxy-Status: pintle; error=")
                .containsPattern("X-Trace-ID: [0-9a-f]{32}\r\n")
                .contains("\"code\":\"" + code + "\"");
        assertThat(UPSTREAM.requests()).hasSize(before);
    }

    @Test
    void aRequestWithoutARouteLearnsWhatWasLookedUp() {
        assertThat(answer("GET /nowhere?token=secret HTTP/1.1\r\nHost: h:1\r\nConnection: close\r\n\r\n"))
                .contains("no route matches GET /nowhere on host h:1; on the admin port, /__routes lists")
                .doesNotContain("secret", "/x");
    }

    @Test
    void aHeadThatIsTooLargeIsRejected() {
        assertThat(answer("GET /x HTTP/1.1\r\nHost: h\r\nX-Large: " + "x".repeat(40_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("\"code\":\"headers-too-large\"");
    }

    @Test
    void rejectionsCountWithoutARoute() {
        double before = gateway.metric("gateway_requests_total{route=\"-\",status=\"505\"}");
        answer("GET /x HTTP/4.0\r\nHost: h\r\n\r\n");
        assertThat(gateway.metric("gateway_requests_total{route=\"-\",status=\"505\"}"))
                .isEqualTo(before + 1);
    }

    @Test
    void aBodyOfUnknownLengthIsCutOffAtTheLimit() {
        String head = "POST /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(answer(head + "b\r\nhello world\r\n0\r\n\r\n")).startsWith("HTTP/1.1 413");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/metrics", "/healthcheck", "/threads", "/ping", "/tasks/gc", "/", "/__routes", "/api/v1/routes"
            })
    void theAdminPortRequiresTheToken(String path) {
        HttpResponse<String> answer = TestGateway.send(
                HttpRequest.newBuilder(URI.create(gateway.adminUrl() + path)).build());
        assertThat(answer.statusCode()).isIn(401, 404);
        assertThat(answer.body()).contains("\"code\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For: 1.2.3.4", "Forwarded: for=1.2.3.4", "Via: 1.1 x", "X-Real-IP: 1.2.3.4"})
    void introspectionRejectsRequestsThatCameThroughAProxy(String field) {
        String end = " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
        assertThat(answer("GET /__routes" + end + "\r\n")).startsWith("HTTP/1.1 200");
        assertThat(answer("GET /__routes" + end + field + "\r\n\r\n")).startsWith("HTTP/1.1 404");
        assertThat(answer("GET /__health" + end + field + "\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/__routes/", "//__routes", "/%5f%5froutes", "/__routes;x", "/x/../__routes"})
    void introspectionHasOnlyItsLiteralPaths(String path) {
        assertThat(answer("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 4(00|04).*");
    }

    @Test
    void introspectionRejectsHostNamesAgainstDnsRebinding() {
        assertThat(answer("GET /__routes HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }
}
