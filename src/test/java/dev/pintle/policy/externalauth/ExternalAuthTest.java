package dev.pintle.policy.externalauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.net.http.HttpResponse;
import java.util.List;
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
                "Content-Encoding: br",
                "X-Internal: 1")) {
            route(auth, "");
            int before = upstream.requests().size();

            String head = ask("/guarded");

            assertThat(head)
                    .startsWith("HTTP/1.1 " + status)
                    .contains("Location: https://login.example/?rd=x\r\n", "WWW-Authenticate: Basic\r\n")
                    .contains("Set-Cookie: a=1\r\n", "Content-Type: text/html\r\n", "Content-Length: 2\r\n")
                    .contains("Content-Encoding: br\r\n")
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
    void aDecisionIsAskedForOnceForEachCredentialWhereTheRouteCachesIt() {
        try (RawUpstream auth = deciding()) {
            route(auth, ", \"upstreamHeaders\": [\"X-User\"], \"clientHeaders\": [\"X-Quota\"], \"cacheFor\": \"1h\"");

            for (int i = 0; i < 3; i++) {
                assertThat(ask("/guarded", "Authorization: good")).contains("HTTP/1.1 200", "X-Quota: 5\r\n");
                assertThat(upstream.requests().getLast().fields()).containsEntry("x-user", "good");
                assertThat(ask("/guarded", "Authorization: fine")).startsWith("HTTP/1.1 200");
                assertThat(upstream.requests().getLast().fields()).containsEntry("x-user", "fine");
                assertThat(ask("/guarded", "Authorization: bad")).contains("HTTP/1.1 403", "Content-Length: 3\r\n");
            }
            assertThat(asked(auth)).containsExactly("good", "fine", "bad");

            route(auth, ", \"cacheFor\": \"59m\"");
            ask("/guarded", "Authorization: good");
            assertThat(asked(auth)).as("after an edit").containsExactly("good", "fine", "bad", "good");
        }
    }

    @Test
    void failuresRedirectsAndAnswersForOneResponseAreNeverRepeated() {
        try (RawUpstream auth = deciding()) {
            route(auth, ", \"clientHeaders\": [\"Set-Cookie\"], \"cacheFor\": \"1h\"");

            for (String credential : new String[] {"broken", "sign-in", "new-session", "denied-session", "dropped"}) {
                String first = ask("/guarded", "Authorization: " + credential);
                assertThat(ask("/guarded", "Authorization: " + credential)).startsWith(first.substring(0, 12));
                assertThat(asked(auth)).as(credential).endsWith(credential, credential);
            }
            int before = auth.requests().size();
            ask("/guarded", "Cookie: session=1");
            ask("/guarded", "Cookie: session=1");
            assertThat(auth.requests()).as("without the header of the key").hasSize(before + 2);
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
                    {"url": "http://auth/", "cacheFor": "2h"}                       | /externalAuth/cacheFor
                    {"url": "http://auth/", "cacheKey": ["body"]}                   | /externalAuth/cacheKey/0
                    {"url": "http://auth/", "cacheKey": ["client", "path"]}         | /externalAuth/cacheKey
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

    /** Decides by the value of {@code Authorization}. */
    private static RawUpstream deciding() {
        return RawUpstream.that(connection -> {
            for (var request = connection.request(); request != null; request = connection.request()) {
                String credential = String.valueOf(request.field("Authorization"));
                switch (credential) {
                    case "bad" -> connection.answer(403, "bad");
                    case "broken" -> connection.answer(500, "");
                    case "sign-in" -> connection.answer(302, "Location: https://login.example/?rd=x", "");
                    case "new-session" -> connection.answer(200, "Set-Cookie: session=2", "");
                    case "denied-session" -> connection.answer(401, "Set-Cookie: session=0", "");
                    case "dropped" -> connection.reset();
                    default -> connection.answer(200, "X-User: " + credential + "\r\nX-Quota: 5", "ok");
                }
            }
        });
    }

    private static List<String> asked(RawUpstream auth) {
        return auth.requests().stream()
                .map(request -> request.field("Authorization"))
                .toList();
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
