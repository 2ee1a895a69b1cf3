package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin API rejects invalid input with a clear problem and stores nothing. */
class BadInputTest {
    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() throws Exception {
        admin.close();
    }

    @AfterEach
    void assertNothingStored() throws Exception {
        assertThat(admin.store.readAll().revision()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"match": }                      | line 1, column 11
                    {"match": {"path": "/x"}         | line 1, column 25
                    {'match': 1}                     | line 1, column 2
                    {"id": "a", "id": "b"}           | line 1, column 17
                    {} {}                            | line 1, column 4
                    {"a": 01}                        | line 1, column 8
                    {"a": NaN}                       | line 1, column 10
                    `{"a":\n\n  x}`                  | line 3, column 3
                    ``                               | line 1, column 1
                    """)
    void textThatIsNotJsonIsRejectedWithItsPosition(String body, String place) throws Exception {
        Reply refused = add(body.replace("\\n", "\n"));

        assertProblem(refused, 400, "malformed-json");
        assertThat(refused.json().path("detail").asText()).contains(place);
    }

    @Test
    void jsonBeyondTheLimitsIsInvalidAndNotMalformed() throws Exception {
        for (String deep : List.of("[".repeat(100_000), "{\"a\":".repeat(100) + "1" + "}".repeat(100))) {
            Reply refused = add(deep);
            assertProblem(refused, 422, "invalid");
            assertThat(refused.body())
                    .contains("must not be nested deeper than 32 levels")
                    .doesNotContain("not JSON");
        }
        assertProblem(add("{\"a\": " + "1".repeat(2_000) + "}"), 422, "invalid");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    , "retrys": {}                            | /retrys                 | known
                    , "timeout": {"atempt": "1s"}             | /timeout/atempt         | attempt
                    , "a/b~c": 1                              | /a~1b~0c                | known
                    , "enabled": "yes"                        | /enabled                | true or false
                    , "timeout": "3s"                         | /timeout                | object
                    , "retry": {"on": "502"}                  | /retry/on               | list
                    , "retry": {"max": "2"}                   | /retry/max              | number
                    , "retry": {"max": 1.5}                   | /retry/max              | 1.5
                    , "timeout": {"total": "30"}              | /timeout/total          | 30
                    , "timeout": {"total": 30}                | /timeout/total          | 250ms
                    , "timeout": {"total": "-1s"}             | /timeout/total          | -1s
                    , "timeout": {"total": "0s"}              | /timeout/total          | 0s
                    , "timeout": {"total": "999d"}            | /timeout/total          | 999d
                    , "timeout": {"total": "99999999999999999d"} | /timeout/total       | 250ms
                    , "retry": {"max": -1}                    | /retry/max              | -1
                    , "retry": {"max": 11}                    | /retry/max              | 10
                    , "retry": {"max": 99999999999999999999}  | /retry/max              | 2147483647
                    , "circuitBreaker": {"consecutiveFailures": 0}              | /circuitBreaker/consecutiveFailures       | 0
                    , "concurrency": {"maxInFlight": 0}               | /concurrency/maxInFlight        | 0
                    , "rateLimits": [{"requests": 2000000000}]    | /rateLimits/0/requests      | 1000000000
                    , "maxRequestBody": "-1B"                        | /maxRequestBody                | -1B
                    , "maxRequestBody": "10"                         | /maxRequestBody                | 10
                    , "maxRequestBody": "9999999GiB"                 | /maxRequestBody                | B
                    , "description": "\\ud800"                | /description            | Unicode
                    """)
    void anInvalidMemberIsReportedWithItsViolation(String members, String pointer, String hint) throws Exception {
        Reply refused = add(route("/bad", members));

        assertProblem(refused, 422, "invalid");
        assertThat(refused.pointers()).containsExactly(pointer);
        assertThat(refused.json().at("/violations/0/message").asText()).contains(hint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://127.0.0.1:9",
                "127.0.0.1:9",
                "//127.0.0.1:9",
                "http://user:secret@127.0.0.1:9",
                "http://127.0.0.1:9/#fragment",
                "http://127.0.0.1:9/?query",
                "http://",
                "http:///path",
                "http://:9",
                "http://127.0.0.1:0",
                "http://127.0.0.1:65536",
                "http://127.0.0.1:9/../up",
                "http://white space:9",
                ""
            })
    void aTargetIsHttpOrHttpsWithAHostAndAtMostAPath(String url) throws Exception {
        Reply refused =
                add("{\"match\": {\"path\": \"/bad\"}, \"upstream\": {\"targets\": [{\"url\": \"" + url + "\"}]}}");

        assertProblem(refused, 422, "invalid");
        assertThat(refused.pointers()).containsExactly("/upstream/targets/0/url");
        assertThat(refused.body()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users",
                "",
                "/users/../admin",
                "/./users",
                "/users/*",
                "/users/",
                "//users",
                "/%75sers",
                "/__health"
            })
    void aPathStartsWithASlashAndIsUnambiguous(String path) throws Exception {
        Reply refused = add(route(path));

        assertProblem(refused, 422, "invalid");
        assertThat(refused.pointers()).containsExactly("/match/path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Users", "-users", "us_ers", "", "validate", "users "})
    void anIdIsOfLowerCaseLettersDigitsAndHyphens(String id) throws Exception {
        Reply refused = add(route("/bad", ", \"id\": \"" + id + "\""));

        assertProblem(refused, 422, "invalid");
        assertThat(refused.pointers()).containsExactly("/id");
    }

    @Test
    void anIdHasAtMost63CharactersAlsoInAPath() throws Exception {
        assertThat(add(route("/bad", ", \"id\": \"" + "x".repeat(64) + "\"")).pointers())
                .containsExactly("/id");
        assertThat(admin.put("x".repeat(64), route("/bad")).pointers()).containsExactly("/id");
        assertThat(admin.put("Users", route("/bad")).pointers()).containsExactly("/id");
    }

    @Test
    void allViolationsAreReportedTogether() throws Exception {
        Reply refused = add("""
                {"id": "UP", "match": {"path": "x", "methods": ["GET", 5, "get"]}, "upstream": {"targets": [7, {"url": "ftp://x"}]},
                 "timeout": {"attempt": "20s", "total": "10s"}, "color": "red"}""");

        assertThat(refused.pointers())
                .containsExactlyInAnyOrder(
                        "/id",
                        "/match/path",
                        "/match/methods/1",
                        "/match/methods/2",
                        "/upstream/targets/0",
                        "/upstream/targets/1/url",
                        "/timeout/attempt",
                        "/color");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "5", "\"text\"", "null", "true"})
    void jsonThatIsNotAnObjectIsRefused(String body) throws Exception {
        Reply refused = add(body);

        assertProblem(refused, 422, "invalid");
        assertThat(refused.pointers()).containsExactly("");
    }

    @Test
    void anEmptyObjectLacksMatchAndUpstream() throws Exception {
        assertThat(add("{}").pointers()).containsExactly("/match", "/upstream");
    }

    @Test
    void twoMebibytesOfJsonAreTooLong() throws Exception {
        Reply refused = add(route("/bad", ", \"description\": \"" + "x".repeat(2 << 20) + "\""));

        assertProblem(refused, 413, "body-too-large");
    }

    @Test
    void aHundredViolationsAreListedAndTheOthersCounted() throws Exception {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            members.append(", \"k").append(i).append("\": 0");
        }

        Reply refused = add(route("/bad", members.toString()));

        assertThat(refused.pointers()).hasSize(100);
        assertThat(refused.json().path("detail").asText()).contains("5000", "100");
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() throws Exception {
        for (String type :
                new String[] {"text/plain", "application/x-www-form-urlencoded", "application/json-patch+json"}) {
            assertProblem(
                    admin.call("POST", "/api/v1/routes").as(type).send(route("/bad")), 415, "unsupported-media-type");
        }
    }

    @Test
    void anUnknownPathIs404() throws Exception {
        assertProblem(admin.get("/api/v1"), 404, "not-found");
        assertProblem(admin.get("/api/v1/routs"), 404, "not-found");
        assertProblem(admin.get("/api/v1/routes/a/b"), 404, "not-found");
        assertProblem(admin.get("/api/v1/routes/missing"), 404, "not-found");
    }

    @Test
    void anUnsupportedMethodIsAnsweredWithAllow() throws Exception {
        Reply refused = admin.call("DELETE", "/api/v1/routes").send();

        assertProblem(refused, 405, "method-not-allowed");
        assertThat(refused.field("Allow").split(",\\s*"))
                .contains("GET", "POST")
                .doesNotContain("DELETE");
    }

    @Test
    void anUnavailableMediaTypeIsRefused() throws Exception {
        assertProblem(
                admin.call("GET", "/api/v1/routes").with("Accept", "text/html").send(), 406, "not-acceptable");
    }

    private static Reply add(String body) throws Exception {
        return admin.call("POST", "/api/v1/routes").send(body);
    }

    private static void assertProblem(Reply reply, int status, String code) throws Exception {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.field("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = reply.json();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("type").asText()).isEqualTo("urn:pintle:problem:" + code);
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
        assertThat(problem.path("traceId").asText()).matches("[0-9a-f]{32}").isEqualTo(reply.field("X-Trace-ID"));
    }
}
