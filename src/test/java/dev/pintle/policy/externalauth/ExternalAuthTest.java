package dev.pintle.policy.externalauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalAuthTest {
    private static TestGateway gateway;
    private static RawUpstream upstream;

    @BeforeAll
    static void start() {
        upstream = RawUpstream.that(RawUpstream.answers(200, "X-From: upstream", "hello"));
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void anAdmittedRequestCarriesWhatTheServiceVouchesForAndNothingThatTheClientMadeUp() {
        try (RawUpstream auth = answering("200 OK", "X-User: jane", "Set-Cookie: s=2", "X-Other: 1")) {
            route(auth, ", \"upstreamHeaders\": [\"X-User\", \"X-Groups\"], \"clientHeaders\": [\"Set-Cookie\"]");

            String head = ask(
                    "/guarded/a%20b?c=d",
                    "Authorization: Bearer t",
                    "Cookie: s=1",
                    "X-Secret: 1",
                    "X-User: root",
                    "x_user: root",
                    "X-Groups: admins",
                    "Connection: X-User");

            assertThat(head).startsWith("HTTP/1.1 200").contains("Set-Cookie: s=2\r\n", "X-From: upstream\r\n");
            assertThat(upstream.requests().getLast().fields())
                    .containsEntry("x-user", "jane")
                    .doesNotContainKeys("x_user", "x-groups", "x-other");
            RawUpstream.Request question = auth.requests().getLast();
            assertThat(question.line()).isEqualTo("GET /verify?rd=1 HTTP/1.1");
            assertThat(question.fields())
                    .containsEntry("x-forwarded-method", "POST")
                    .containsEntry("x-forwarded-uri", "/guarded/a%20b?c=d")
                    .containsEntry("x-forwarded-proto", "http")
                    .containsEntry("x-forwarded-host", "app.example")
                    .containsEntry("x-forwarded-for", "127.0.0.1")
                    .containsEntry("authorization", "Bearer t")
                    .containsEntry("cookie", "s=1")
                    .containsKey("traceparent")
                    .doesNotContainKeys("x-secret", "x-user");
            assertThat(gateway.metric("gateway_external_auth_duration_seconds_count{route=\"guarded\"}"))
                    .isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"302 Found", "303 See Other", "401 Unauthorized", "403 Forbidden"})
    void aRefusalGoesToTheClientAndNotToTheUpstream(String status) {
        try (RawUpstream auth = answering(
                status,
                "Location: https://login.example/?rd=x",
                "WWW-Authenticate: Basic",
                "Set-Cookie: a=1",
                "Content-Type: text/html",
                "X-Internal: 1")) {
            route(auth, "");
            int before = upstream.requests().size();

            String head = ask("/guarded");

            assertThat(head)
                    .startsWith("HTTP/1.1 " + status)
                    .contains("Location: https://login.example/?rd=x\r\n", "WWW-Authenticate: Basic\r\n")
                    .contains("Set-Cookie: a=1\r\n", "Content-Type: text/html\r\n", "Content-Length: 2\r\n")
                    .doesNotContain("X-Internal");
            assertThat(upstream.requests()).hasSize(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 418, 429, 500, 503})
    void anyOtherStatusIsAFailure(int status) {
        try (RawUpstream auth = RawUpstream.that(RawUpstream.answers(status, "no"))) {
            route(auth, "");
            assertDenied("answered " + status);
        }
    }

    @Test
    void aServiceThatHangsDropsOrIsGoneIsAFailure() {
        try (RawUpstream auth = RawUpstream.that(RawUpstream.neverResponds())) {
            route(auth, ", \"timeout\": \"50ms\"");
            assertDenied("");
            auth.now(RawUpstream.resetsBeforeHead());
            assertDenied("");
            auth.now(RawUpstream.answersGarbage());
            assertDenied("");
            auth.now(connection -> {
                connection.request();
                connection.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 10\r\n\r\nab");
                connection.linger();
            });
            assertDenied("");
            auth.shutDown();
            assertDenied("");
        }
    }

    @Test
    void aFailureAdmitsTheRequestWithoutHeadersOfTheClientWhereTheRouteSaysSo() {
        try (RawUpstream auth = RawUpstream.that(RawUpstream.answers(500, "no"))) {
            route(auth, ", \"onFailure\": \"allow\", \"upstreamHeaders\": [\"X-User\"]");

            assertThat(ask("/guarded", "X-User: root")).startsWith("HTTP/1.1 200");
            assertThat(upstream.requests().getLast().fields()).doesNotContainKey("x-user");
        }
    }

    @Test
    void aBodyOf2MibStaysOutOfTheGateway() {
        try (RawUpstream auth = RawUpstream.that(RawUpstream.answers(403, "x".repeat(2 << 20)))) {
            route(auth, ", \"timeout\": \"20s\"");

            assertThat(ask("/guarded")).startsWith("HTTP/1.1 403").contains("Content-Length: 0\r\n");
        }
    }

    @Test
    void theGatewayFollowsNoRedirect() {
        try (RawUpstream inner = RawUpstream.that(RawUpstream.answers(200, "secret"));
                RawUpstream auth = answering("307 Temporary Redirect", "Location: " + inner.url())) {
            route(auth, "");

            assertThat(ask("/guarded")).startsWith("HTTP/1.1 307");
            assertThat(inner.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                                              | /externalAuth/url
                    {"url": "auth:9000"}                                            | /externalAuth/url
                    {"url": "ftp://auth/"}                                          | /externalAuth/url
                    {"url": "http://user@auth/"}                                    | /externalAuth/url
                    {"url": "http://auth/a b"}                                      | /externalAuth/url
                    {"url": "http://auth/#x"}                                       | /externalAuth/url
                    {"url": "http://auth:99999/"}                                   | /externalAuth/url
                    {"url": "http://169.254.169.254/latest/meta-data"}              | /externalAuth/url
                    {"url": "http://auth/", "timeout": "0s"}                        | /externalAuth/timeout
                    {"url": "http://auth/", "upstreamHeaders": ["Host"]}            | /externalAuth/upstreamHeaders/0
                    {"url": "http://auth/", "requestHeaders": ["X-Forwarded-For"]}  | /externalAuth/requestHeaders/0
                    {"url": "http://auth/", "clientHeaders": ["Content-Length"]}    | /externalAuth/clientHeaders/0
                    {"url": "http://auth/", "onFailure": "ignore"}                  | /externalAuth/onFailure
                    """)
    void faultsAreRefusedWithTheirPlace(String auth, String pointer) {
        HttpResponse<String> refused = gateway.admin("PUT", "/api/v1/routes/bad", """
                {"match": {"path": "/bad"}, "upstream": {"targets": [{"url": "%s"}]}, "externalAuth": %s}""".formatted(upstream.url(), auth));

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
    }

    private void assertDenied(String cause) {
        int before = upstream.requests().size();
        HttpResponse<String> denied = gateway.get("/guarded");

        assertThat(denied.statusCode()).isEqualTo(503);
        assertThat(denied.body()).contains("\"code\":\"identity-unavailable\"", cause);
        assertThat(upstream.requests()).hasSize(before);
    }

    private static RawUpstream answering(String status, String... headers) {
        String head = "HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers);
        return RawUpstream.that(connection -> {
            while (connection.request() != null) {
                connection.write(head + "\r\nContent-Length: 2\r\n\r\nok");
            }
        });
    }

    private static void route(RawUpstream auth, String further) {
        gateway.route(
                "guarded",
                "/guarded",
                upstream.url(),
                ", \"externalAuth\": {\"url\": \"" + auth.url() + "/verify?rd=1\"" + further + "}");
    }

    private static String ask(String target, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        try (RawClient client = gateway.connect()) {
            return client.send("POST " + target + " HTTP/1.1\r\nHost: app.example\r\nContent-Length: 0\r\n" + more
                            + "\r\n")
                    .head();
        }
    }
}
