package dev.pintle.policy.cors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {
    private static final String APP = "https://app.example.com";

    private static TestGateway gateway;
    private static RawUpstream upstream;

    @BeforeAll
    static void start() {
        upstream = RawUpstream.that(connection -> {
            while (connection.request() != null) {
                connection.write("HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nVary: Accept\r\n"
                        + "Access-Control-Allow-Credentials: true\r\nContent-Length: 2\r\n\r\nok");
            }
        });
        gateway = TestGateway.start();
        route("app", "GET", """
                {"origins": ["https://app.example.com", "https://*.example.org"], "methods": ["GET", "PUT"],
                 "headers": ["Authorization"], "expose": ["X-Trace-ID"], "credentials": true}""");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    /** The browser compares its request with the lists; an origin that is not listed learns none. */
    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, GET, Authorization",
        "https://app.example.com, GET, X-Other",
        "https://app.example.com, DELETE, Authorization",
        "https://app.example.com, DELETE, X-Other",
        "https://evil.example, GET, Authorization",
        "https://evil.example, GET, X-Other",
        "https://evil.example, DELETE, Authorization",
        "https://evil.example, DELETE, X-Other",
        "null, GET, Authorization",
        "null, GET, X-Other",
        "null, DELETE, Authorization",
        "null, DELETE, X-Other"
    })
    void aPreflightLearnsTheListsIfItsOriginIsListed(String origin, String method, String header) {
        any("any-method", "{\"origins\": [\"" + APP + "\"], \"headers\": [\"Authorization\"], \"maxAge\": \"2m\"}");
        int before = upstream.requests().size();

        String head = preflight("/any-method", origin, method, header);

        assertThat(head)
                .startsWith("HTTP/1.1 204")
                .contains("Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers\r\n");
        if (origin.equals(APP)) {
            assertThat(head)
                    .contains("Access-Control-Allow-Origin: " + APP + "\r\n")
                    .contains("Access-Control-Allow-Methods: GET, HEAD, POST\r\n")
                    .contains("Access-Control-Allow-Headers: Authorization\r\n")
                    .contains("Access-Control-Max-Age: 120\r\n")
                    .doesNotContain("Credentials");
        } else {
            assertThat(head).doesNotContain("Access-Control-Allow", "Access-Control-Max");
        }
        assertThat(upstream.requests()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, true",
        "https://a.example.org, true",
        "https://a.b-c.example.org, true",
        "http://app.example.com, false",
        "https://app.example.com:8443, false",
        "https://app.example.com.evil.example, false",
        "https://evilapp.example.com, false",
        "https://APP.example.com, false",
        "https://app.example.com/, false",
        "https://example.org, false",
        "https://.example.org, false",
        "https://evil.example/.example.org, false",
        "https://evil.example#.example.org, false",
        "https://a@b.example.org, false",
        "http://a.example.org, false",
        "https://a.example.org:444, false",
        "https://a..example.org, false",
        "null, false",
        "'', false",
        "'https://app.example.com, https://app.example.com', false",
        "*, false"
    })
    void onlyAPageOfAListedOriginMayReadTheResponse(String origin, boolean listed) {
        String head = ask("GET /app", "Origin: " + origin);

        assertThat(head).startsWith("HTTP/1.1 200").contains("Vary: Accept\r\n", "Vary: Origin\r\n");
        if (listed) {
            assertThat(head)
                    .contains("Access-Control-Allow-Origin: " + origin + "\r\n")
                    .contains("Access-Control-Allow-Credentials: true\r\n")
                    .contains("Access-Control-Expose-Headers: X-Trace-ID\r\n")
                    .doesNotContain("Allow-Origin: *");
        } else {
            assertThat(head).doesNotContain("Access-Control");
        }
    }

    @Test
    void twoOriginHeadersAreNoListedOrigin() {
        assertThat(ask("GET /app", "Origin: " + APP, "Origin: " + APP)).doesNotContain("Access-Control");
    }

    @Test
    void aResponseWithoutOriginVariesByItNevertheless() {
        assertThat(ask("GET /app")).contains("Vary: Origin\r\n").doesNotContain("Access-Control");
    }

    @Test
    void everyPageMayReadWhatIsOpenToAll() {
        any("open", "{\"origins\": [\"*\"]}");

        assertThat(ask("GET /open", "Origin: null"))
                .contains("Access-Control-Allow-Origin: *\r\n")
                .doesNotContain("Credentials");
        assertThat(preflight("/open", "https://a.example", "POST", "X-A"))
                .contains("Access-Control-Allow-Origin: *\r\n")
                .doesNotContain("Credentials");
    }

    @Test
    void aPreflightIsMatchedAsTheMethodItAsksFor() {
        assertThat(preflight("/app", APP, "GET", "Authorization"))
                .startsWith("HTTP/1.1 204")
                .contains("Access-Control-Allow-Methods: GET, PUT\r\n");
        assertThat(preflight("/app", APP, "PUT", "Authorization")).startsWith("HTTP/1.1 404");
    }

    @Test
    void aPreflightForARouteWithoutCorsReachesTheUpstream() {
        gateway.route("plain", "/plain", upstream.url());

        assertThat(preflight("/plain", APP, "GET", "X-A")).startsWith("HTTP/1.1 200");
        assertThat(upstream.requests().getLast().method()).isEqualTo("OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Origin: https://app.example.com", "Access-Control-Request-Method: GET"})
    void anOptionsRequestThatIsNoPreflightReachesTheUpstream(String header) {
        any("options", "{\"origins\": [\"" + APP + "\"]}");

        assertThat(header.isEmpty() ? ask("OPTIONS /options") : ask("OPTIONS /options", header))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aPageCanReadARefusalAndAPreflightCostsNoLimit() {
        try (RawUpstream broken = RawUpstream.that(RawUpstream.resetsBeforeHead())) {
            String cors = ", \"cors\": {\"origins\": [\"" + APP + "\"]}";
            gateway.route("broken", "/broken", broken.url(), cors);
            gateway.route("closed", "/closed", upstream.url(), cors + ", \"ipFilter\": {\"deny\": [\"127.0.0.1\"]}");
            gateway.route("keys", "/keys", upstream.url(), cors + ", \"authentication\": {\"anyOf\": [\"apiKey\"]}");
            gateway.route(
                    "limited",
                    "/limited",
                    upstream.url(),
                    cors + ", \"rateLimits\": [{\"name\": \"all\", \"requests\": 1, \"per\": \"1h\"}]");

            assertThat(preflight("/closed", APP, "GET", "X-A")).startsWith("HTTP/1.1 204");
            preflight("/limited", APP, "GET", "X-A");
            assertThat(ask("GET /limited", "Origin: " + APP)).startsWith("HTTP/1.1 200");
            assertReadable("/limited", 429);
            assertReadable("/keys", 401);
            assertReadable("/closed", 403);
            assertReadable("/broken", 502);
        }
    }

    private static void assertReadable(String path, int status) {
        assertThat(ask("GET " + path, "Origin: " + APP))
                .startsWith("HTTP/1.1 " + status)
                .contains("Access-Control-Allow-Origin: " + APP + "\r\n", "Vary: Origin\r\n");
    }

    private static void route(String id, String method, String cors) {
        assertThat(gateway.admin("PUT", "/api/v1/routes/" + id, """
                        {"match": {"path": "/%s", "methods": ["%s"]},
                         "upstream": {"targets": [{"url": "%s"}]}, "cors": %s}""".formatted(id, method, upstream.url(), cors))
                        .statusCode())
                .isEqualTo(201);
    }

    private static void any(String id, String cors) {
        gateway.route(id, "/" + id, upstream.url(), ", \"cors\": " + cors);
    }

    private static String preflight(String path, String origin, String method, String header) {
        return ask(
                "OPTIONS " + path,
                "Origin: " + origin,
                "Access-Control-Request-Method: " + method,
                "Access-Control-Request-Headers: " + header);
    }

    private static String ask(String request, String... headers) {
        try (RawClient client = gateway.connect()) {
            String fields = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            return client.send(request + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n")
                    .head();
        }
    }
}
