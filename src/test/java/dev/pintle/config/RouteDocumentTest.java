package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.policy.requestbody.MaxRequestBodyType;
import dev.pintle.policy.rewrite.RewriteType;
import dev.pintle.policy.timeout.TimeoutType;
import dev.pintle.routing.RouteSchema;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid routes are accepted; each fault of an invalid one is reported. */
class RouteDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A route with every key of the documentation. */
    private static final String WHOLE = """
            {
              "id": "users", "description": "all of them", "enabled": true,
              "match": {
                "path": "/users", "exact": false, "hosts": ["api.example.com", "*.example.org"], "methods": ["GET", "POST"],
                "headers": {"X-Beta": "1"}, "query": {"v": "2"}
              },
              "upstream": {
                "targets": [{"url": "http://localhost:5001", "weight": 1}],
                "loadBalancing": "consistent-hash", "hashKey": "header:X-User",
                "healthCheck": {"path": "/healthz?full=1", "interval": "5s", "timeout": "1s", "unhealthyAfter": 3, "healthyAfter": 2},
                "outlierDetection": {"consecutiveFailures": 5, "ejectionTime": "30s", "maxEjectionPercent": 50}
              },
              "rewrite": {"stripPrefix": false, "preserveHost": false},
              "timeout": {"connect": "1s", "attempt": "10s", "total": "30s", "idle": "60s"},
              "retry": {"max": 2, "backoff": "25ms", "maxBackoff": "250ms", "on": ["connect", "reset", "timeout", "502", "503", "504"],
                        "methods": ["GET","HEAD","OPTIONS","PUT","DELETE","TRACE"], "maxReplayBody": "64KiB", "budgetPercent": 20},
              "circuitBreaker": {"consecutiveFailures": 5, "cooldown": "30s", "halfOpenRequests": 1},
              "concurrency": {"maxInFlight": 512},
              "rateLimits": [{"requests": 100, "per": "1m", "burst": 100, "key": "client", "onRedisFailure": "split"}],
              "maxRequestBody": "10MiB"
            }""";

    @Test
    void aRouteHasTheValuesOfItsDocument() throws Exception {
        RouteDocument route = new DocumentCache(RouteSchema.SCHEMA).route(JSON.readTree(WHOLE));

        assertThat(route.id()).isEqualTo("users");
        assertThat(route.json()).isEqualTo(JSON.readTree(WHOLE));
        assertThat(spec(route, TimeoutType.TYPE).attempt()).isEqualTo(Duration.ofSeconds(10));
        assertThat(spec(route, MaxRequestBodyType.TYPE).maxRequestBody()).isEqualTo(new DataSize(10 << 20));
        assertThat(spec(route, RewriteType.TYPE).prefix()).isNull();
        assertThat(route.match().hosts()).containsExactly("api.example.com", "*.example.org");
    }

    @Test
    void aRouteNeedsOnlyAPathAndATarget() throws Exception {
        RouteDocument route = new DocumentCache(RouteSchema.SCHEMA).route(minimal(""));

        assertThat(route.settings().get(TimeoutType.TYPE)).isNull();
        assertThat(route.spec().enabled()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "description": 5                                         | /description
                    "rewrite": {"prefix": "v1"}                              | /rewrite/prefix
                    "rewrite": {"prefix": "/v1/"}                            | /rewrite/prefix
                    "rewrite": {"stripPrefix": "true"}                       | /rewrite/stripPrefix
                    "timeout": {"connect": "6m"}                             | /timeout/connect
                    "timeout": {"attempt": "3s", "total": "2s"}              | /timeout/attempt
                    "timeout": {"idle": "0ms"}                               | /timeout/idle
                    "retry": {"backoff": "2s", "maxBackoff": "1s"}           | /retry/backoff
                    "retry": {"on": ["connect", "404"]}                      | /retry/on/1
                    "retry": {"on": ["502", "502"]}                          | /retry/on
                    "retry": {"methods": ["get"]}                            | /retry/methods/0
                    "retry": {"methods": ["G ET"]}                           | /retry/methods/0
                    "retry": {"methods": [null]}                             | /retry/methods/0
                    "retry": {"maxReplayBody": "17MiB"}                     | /retry/maxReplayBody
                    "retry": {"budgetPercent": 101}                          | /retry/budgetPercent
                    "circuitBreaker": {"cooldown": "25h"}                           | /circuitBreaker/cooldown
                    "circuitBreaker": {"halfOpenRequests": 101}                               | /circuitBreaker/halfOpenRequests
                    "concurrency": {"maxInFlight": 1000001}                          | /concurrency/maxInFlight
                    "rateLimits": [{"per": "367d"}]                             | /rateLimits/0/per
                    "rateLimits": [{"burst": 0}]                                | /rateLimits/0/burst
                    "rateLimits": [{"key": "cookie:a"}]                         | /rateLimits/0/key
                    "rateLimits": [{"key": "header:"}]                          | /rateLimits/0/key
                    "rateLimits": [{"onRedisFailure": "panic"}]                | /rateLimits/0/onRedisFailure
                    "maxRequestBody": "1048577GiB"                                  | /maxRequestBody
                    """)
    void aValueOutOfBoundsIsReported(String member, String pointer) throws Exception {
        assertThat(faults(minimal(", " + member)))
                .extracting(Violation::pointer)
                .containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                                      | /match/path
                    {"path": 5}                                             | /match/path
                    {"path": "/__metrics"}                                  | /match/path
                    {"path": "/a", "hosts": []}                             | /match/hosts
                    {"path": "/a", "hosts": ["a.com", "a b"]}               | /match/hosts/1
                    {"path": "/a", "hosts": ["a.com", "a.com"]}             | /match/hosts
                    {"path": "/a", "methods": []}                           | /match/methods
                    {"path": "/a", "methods": ["GET", "POST", "Put"]}       | /match/methods/2
                    {"path": "/a", "headers": {"host": "a.com"}}            | /match/headers/host
                    {"path": "/a", "headers": {"X/Y": "1"}}                 | /match/headers/X~1Y
                    {"path": "/a", "headers": {"X": 1}}                     | /match/headers/X
                    {"path": "/a", "headers": {"X": null}}                  | /match/headers/X
                    {"path": "/a", "headers": {"X-A": "1", "x-a": "2"}}     | /match/headers
                    {"path": "/a", "query": ["v"]}                          | /match/query
                    """)
    void anInvalidMatchIsReported(String match, String pointer) throws Exception {
        JsonNode route = JSON.readTree(
                "{\"id\": \"a\", \"match\": " + match + ", \"upstream\": {\"targets\": [{\"url\": \"http://a\"}]}}");

        assertThat(faults(route)).extracting(Violation::pointer).containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                                                   | /upstream/targets
                    {"targets": []}                                                      | /upstream/targets
                    {"targets": [{}]}                                                    | /upstream/targets/0/url
                    {"targets": ["http://a", {"url": "b"}]}                              | /upstream/targets/0 /upstream/targets/1/url
                    {"targets": [{"url": "http://a"}, {"url": "http://a"}]}              | /upstream/targets
                    {"targets": [{"url": "http://a", "weight": 0}]}                      | /upstream/targets/0/weight
                    {"targets": [{"url": "http://a", "weight": 1001}]}                   | /upstream/targets/0/weight
                    {"targets": [{"url": "http://a"}], "loadBalancing": "random"}            | /upstream/loadBalancing
                    {"targets": [{"url": "http://a"}], "loadBalancing": "consistent-hash"}   | /upstream/hashKey
                    {"targets": [{"url": "http://a"}], "hashKey": "client"}               | /upstream/hashKey
                    {"targets": [{"url": "http://a"}], "healthCheck": {"path": "x"}}     | /upstream/healthCheck/path
                    {"targets": [{"url": "http://a"}], "healthCheck": {"path": "/a b"}}  | /upstream/healthCheck/path
                    {"targets": [{"url": "http://a"}], "healthCheck": {"interval": "1ms"}} | /upstream/healthCheck/interval
                    {"targets": [{"url": "http://a"}], "outlierDetection": {"maxEjectionPercent": 101}}  | /upstream/outlierDetection/maxEjectionPercent
                    """)
    void anInvalidUpstreamIsReported(String upstream, String pointers) throws Exception {
        JsonNode route =
                JSON.readTree("{\"id\": \"a\", \"match\": {\"path\": \"/a\"}, \"upstream\": " + upstream + "}");

        assertThat(faults(route)).extracting(Violation::pointer).containsExactly(pointers.split(" "));
    }

    @Test
    void aRouteHasAtMost256Targets() throws Exception {
        StringBuilder targets = new StringBuilder("{\"url\": \"http://a\"}");
        for (int port = 1; port <= 256; port++) {
            targets.append(", {\"url\": \"http://a:").append(port).append("\"}");
        }
        JsonNode route = JSON.readTree(
                "{\"id\": \"a\", \"match\": {\"path\": \"/a\"}, \"upstream\": {\"targets\": [" + targets + "]}}");

        assertThat(faults(route))
                .containsExactly(new Violation("/upstream/targets", "must name 1 to 256 targets; it has 257"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "null", "7"})
    void aValueThatIsNoObjectHasOnlyThatViolation(String json) throws Exception {
        assertThat(faults(JSON.readTree(json))).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEmpty();
            assertThat(fault.message()).startsWith("must be a JSON object; it is ");
        });
    }

    @Test
    void anUnreadableValueIsNotReportedAsMissing() throws Exception {
        assertThat(faults(JSON.readTree("{\"id\": 7, \"match\": \"/a\", \"upstream\": []}")))
                .extracting(Violation::pointer)
                .containsExactly("/id", "/match", "/upstream");
    }

    @Test
    void aMessageTruncatesALongValue() throws Exception {
        String long64k = "x".repeat(1 << 16);

        assertThat(faults(minimal(
                        ", \"rateLimits\": [{\"key\": \"" + long64k + "\"}], \"enabled\": \"" + long64k + "\"")))
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault.message()).hasSizeLessThan(250));
    }

    @Test
    void aReservedWordIsRejectedAsId() throws Exception {
        assertThat(faults(JSON.readTree(WHOLE.replace("\"users\"", "\"validate\""))))
                .extracting(Violation::pointer)
                .containsExactly("/id");
    }

    @Test
    void aHundredThousandViolationsAreReported() throws Exception {
        StringBuilder methods = new StringBuilder("0");
        for (int i = 0; i < 100_000; i++) {
            methods.append(",\"M").append(i).append('"').append(",{}");
        }

        assertThat(faults(minimal(", \"retry\": {\"methods\": [" + methods + "]}")))
                .hasSize(100_001);
    }

    private static <S extends Record> S spec(RouteDocument route, SettingsType<S> type) {
        return Objects.requireNonNull(route.settings().get(type));
    }

    private static JsonNode minimal(String more) throws JsonProcessingException {
        return JSON.readTree("{\"id\": \"a\", \"match\": {\"path\": \"/a\"}, \"upstream\": {\"targets\":"
                + " [{\"url\": \"http://a\"}]}" + more + "}");
    }

    private static List<Violation> faults(JsonNode json) {
        return catchThrowableOfType(InvalidSpecException.class, () -> new DocumentCache(RouteSchema.SCHEMA).route(json))
                .violations();
    }
}
