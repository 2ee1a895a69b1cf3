package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.TestGateway;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin port of a whole gateway serves only the admin API, with responses that browsers cannot misuse. */
class AdminPortTest {
    private static final String BEARER = "Authorization: Bearer " + TestGateway.TOKEN + "\r\n";

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/ping", "/threads", "/healthcheck", "/metrics", "/pprof", "/tasks/gc", "/tasks/log-level"})
    void thePagesOfDropwizardAreDisabled(String path) {
        assertHardened(send("GET " + path + " HTTP/1.1\r\n" + BEARER), 404);
        assertHardened(send("POST " + path + " HTTP/1.1\r\nContent-Length: 0\r\n" + BEARER), 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nBad Field\r\n",
                "GET /%zz HTTP/1.1\r\n",
                "GET /a%2Fb HTTP/1.1\r\n",
                "GET /a%0Ab HTTP/1.1\r\n",
                "GET /../x HTTP/1.1\r\n",
                "GET / HTTP/9.9\r\n",
            })
    void requestsThatJettyRejectsGetAProblem(String head) {
        String refused = assertHardened(send(head + BEARER), 400);

        assertThat(refused).contains("application/problem+json", "\"code\":\"bad-request\"", "X-Trace-ID: ");
        assertThat(gateway.metric("gateway_requests_total{route=\"-\",status=\"400\"}"))
                .as("requests of the gateway")
                .isZero();
    }

    @Test
    void aHeadThatIsTooLargeGetsAProblem() {
        assertThat(assertHardened(send("GET / HTTP/1.1\r\nX-Long: " + "x".repeat(20_000) + "\r\n"), 431))
                .contains("\"code\":\"headers-too-large\"");
    }

    /** A browser sends a preflight before a page of another site may write. */
    @Test
    void aPreflightIsRejected() {
        String preflight = "OPTIONS /api/v1/routes HTTP/1.1\r\nOrigin: http://a.example\r\n";

        assertHardened(send(preflight + "Access-Control-Request-Method: PUT\r\n"), 401);
        assertHardened(send(preflight + BEARER), 200);
    }

    @Test
    void aCookieIsNotAcceptedAsToken() {
        assertHardened(send("GET /api/v1/routes HTTP/1.1\r\nCookie: token=" + TestGateway.TOKEN + "\r\n"), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r", "\r\n", "\r\n0", "\r\n0\r\n", "\r\n0\r\n\r", "\r\n0\r\nA: b\r\n"})
    void aWriteThatIsCutAfterItsDocumentStoresNothing(String end) {
        String route = """
                {"match": {"path": "/cut"}, "upstream": {"targets": [{"url": "http://127.0.0.1:9"}]}}""";
        try (RawClient client = RawClient.to(URI.create(gateway.adminUrl()).getPort())) {
            client.send("PUT /api/v1/routes/cut HTTP/1.1\r\n" + BEARER
                            + "Host: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + Integer.toHexString(route.length()) + "\r\n" + route + end)
                    .finish();
            assertThat(client.rest()).doesNotStartWith("HTTP/1.1 2");
        }
        assertThat(gateway.admin("GET", "/api/v1/routes/cut", "").statusCode()).isEqualTo(404);
    }

    private static String send(String head) {
        try (RawClient client = RawClient.to(URI.create(gateway.adminUrl()).getPort())) {
            return client.send(head + "Host: 127.0.0.1\r\nConnection: close\r\n\r\n")
                    .rest();
        }
    }

    private static String assertHardened(String answer, int status) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains(
                        "\r\nX-Content-Type-Options: nosniff\r\n",
                        "\r\nCache-Control: no-store\r\n",
                        "\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n",
                        "\r\nReferrer-Policy: no-referrer\r\n")
                .doesNotContainIgnoringCase("access-control-", "set-cookie", "jetty", "<html", "\tat ", "server:");
        return answer;
    }
}
