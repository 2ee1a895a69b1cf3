package dev.pintle.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.VersionedDocument;
import dev.pintle.history.DocumentDelta;
import dev.pintle.routing.RouteSchema;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the lint, each with a route that has the finding and a similar one that does not. */
class LinterTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Linter linter = linter(true);
    private final SortedMap<String, JsonNode> routes = new TreeMap<>();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            "retry": {"methods": ["GET", "POST"]}                                             | retry-unsafe /retry/methods
            "retry": {"methods": ["POST"], "on": ["connect"]}                                 | -
            "retry": {"methods": ["POST"], "max": 0}                                          | -
            "retry": {"methods": ["GET", "PUT", "DELETE"]}                                    | -
            "retry": {"on": ["connect", "grpc:unavailable"]}                                  | retry-unsafe /retry/on
            "upstream": {"targets": [{"url": "http://8.8.8.8:1"}], "protocol": "h2c"}         | clear-text-upstream /upstream/targets/0/url
            "upstream": {"targets": [{"url": "http://8.8.8.8:1"}]}                            | -
            "upstream": {"targets": [{"url": "http://10.8.8.8:1"}], "protocol": "h2c"}        | -
            "upstream": {"targets": [{"url": "http://[fd00::1]:1"}], "protocol": "h2c"}       | -
            "upstream": {"targets": [{"url": "http://a.example:1"}], "protocol": "h2c"}       | -
            "timeout": {"total": "5s", "attempt": "3s"}                                       | retry-cannot-fit /timeout/total
            "timeout": {"total": "5s"}                                                        | -
            "timeout": {"total": "5s"}, "retry": {"max": 1}                                   | retry-cannot-fit /timeout/total
            "timeout": {"total": "5s", "attempt": "3s"}, "retry": {"on": ["connect"]}         | -
            "timeout": {"total": "5s", "attempt": "3s"}, "retry": {"max": 0}                  | -
            "timeout": {"total": "6100ms", "attempt": "3s"}                                   | -
            "rateLimits": [{"requests": 2}]                                                   | limit-below-nodes /rateLimits/0
            "rateLimits": [{"requests": 100, "burst": 2}]                                     | limit-below-nodes /rateLimits/0
            "rateLimits": [{"requests": 3}]                                                   | -
            "rateLimits": [{"requests": 2, "onRedisFailure": "deny"}]                         | -
            "rateLimits": [{"key": "header:X-Key"}]                                           | limit-forgeable /rateLimits/0/key
            "rateLimits": [{"key": "header:X-Key"}, {"key": "client"}]                        | -
            "rateLimits": [{"key": "route"}]                                                  | -
            "rateLimits": [{"key": "client"}, {"key": "consumer"}]                            | limit-without-identity /rateLimits/1/key
            "rateLimits": [{"key": "claim:org"}]                                              | limit-without-identity /rateLimits/0/key
            "rateLimits": [{"key": "consumer"}], "authentication": {"anyOf": ["apiKey"]}      | -
            "rateLimits": [{"key": "consumer"}], "authentication": {"anyOf": ["apiKey"], "optional": true} | -
            "cors": {"origins": ["*"]}                                                        | any-origin /cors/origins/0
            "cors": {"origins": ["https://*.com"]}                                            | any-origin /cors/origins/0
            "cors": {"origins": ["https://*.example.com"]}                                    | -
            "externalAuth": {"url": "http://a/"}                                              | -
            "externalAuth": {"url": "http://a/", "cacheFor": "1s"}                            | shared-decision /externalAuth/cacheKey
            "externalAuth": {"url": "http://a/", "cacheFor": "1s", "requestHeaders": ["Accept", "authorization"]} | -
            "externalAuth": {"url": "http://a/", "cacheFor": "1s", "requestHeaders": ["X-Api-Key"]} | shared-decision /externalAuth/cacheKey
            "externalAuth": {"url": "http://a/", "cacheFor": "1s", "cacheKey": ["cookie:s", "header:Authorization"]} | -
            """)
    void aRuleFindsARouteAndNotASimilarOne(String settings, String finding) {
        route("users", "{\"path\": \"/users\"}", settings);

        assertThat(all()).isEqualTo(finding == null ? List.of() : List.of("users " + finding));
    }

    @Test
    void aClientCertificateThatNoConnectorAsksForIsFound() {
        String settings = "\"authentication\": {\"anyOf\": [\"apiKey\", \"clientCertificate\"]}";
        route("users", "{\"path\": \"/users\"}", settings);
        route("keys", "{\"path\": \"/keys\"}", "\"authentication\": {\"anyOf\": [\"apiKey\"]}");

        assertThat(all()).isEmpty();
        assertThat(linter(false).all(documents("{}")))
                .extracting(LinterTest::line)
                .containsExactly("users certificates-not-requested /authentication/anyOf");
    }

    private static Linter linter(boolean requestsCertificates) {
        return new Linter(new DocumentCache(RouteSchema.SCHEMA), new NodeFacts(() -> 3, requestsCertificates));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            "path": "/a", "hosts": ["x.org", "Y.org"]               | "path": "/a", "hosts": ["y.org"]                  | b
            "path": "/a", "methods": ["GET", "PUT"]                 | "path": "/a", "methods": ["GET"]                  | b
            "path": "/a", "headers": {"x-v": "*"}                   | "path": "/a", "headers": {"X-V": "2"}             | b
            "path": "/a", "query": {"v": "*"}                       | "path": "/a", "query": {"v": "2"}                 | b
            "path": "/a", "hosts": ["x.org"]                        | "path": "/a", "hosts": ["x.org", "y.org"]         | -
            "path": "/a"                                            | "path": "/a", "methods": ["GET"]                  | -
            "path": "/a"                                            | "path": "/a", "exact": true                       | -
            "path": "/a"                                            | "path": "/a/b"                                    | -
            "path": "/a", "headers": {"x-v": "2"}                   | "path": "/a", "headers": {"x-v": "*"}             | -
            "path": "/a", "headers": {"x-v": "2"}                   | "path": "/a", "headers": {"x-w": "2"}             | -
            "path": "/a", "hosts": ["*.org"]                        | "path": "/a", "hosts": ["x.org"]                  | -
            """)
    void aRouteIsShadowedWhenAnEarlierIdTakesAllItsRequests(String first, String second, String shadowed) {
        route("a", '{' + first + '}', "");
        route("b", '{' + second + '}', "");

        assertThat(all()).isEqualTo(shadowed == null ? List.of() : List.of("b shadowed /match"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            "path": "/admin"                              | "path": "/admin/export"                            | b
            "path": "/admin"                              | "path": "/admin/", "exact": true                   | b
            "path": "/"                                   | "path": "/a/b"                                     | b
            "path": "/admin", "hosts": ["x.org"]          | "path": "/admin/export", "hosts": ["X.org"]        | b
            "path": "/admin"                              | "template": "/admin/{user}/export"                 | b
            "path": "/admin", "exact": true               | "path": "/admin/export"                            | -
            "template": "/admin/{user}"                   | "template": "/admin/{user}/export"                 | -
            "path": "/admin"                              | "path": "/administrators"                          | -
            "path": "/admin/export"                       | "path": "/admin"                                   | -
            "path": "/admin", "hosts": ["x.org"]          | "path": "/admin/export", "hosts": ["y.org"]        | -
            """)
    void aRouteBelowAFilteredOneNeedsAFilter(String above, String below, String found) throws Exception {
        route("b", '{' + below + '}', "");
        JsonNode added = json("a", '{' + above + '}', "\"ipFilter\": {\"allow\": [\"10.0.0.0/8\"]}");

        List<Finding> findings =
                linter.changed(documents("{}"), List.of(new DocumentDelta(DocumentDelta.ROUTE, "a", null, added)));

        assertThat(findings)
                .extracting(LinterTest::line)
                .isEqualTo(found == null ? List.of() : List.of("b less-protected-below /ipFilter"));
        routes.put("a", added);
        assertThat(all()).hasSize(found == null ? 0 : 1);
    }

    @Test
    void aRouteBelowOneWithAuthenticationNeedsIt() {
        route("a", "{\"path\": \"/admin\"}", "\"authentication\": {\"anyOf\": [\"apiKey\"]}");
        route(
                "b",
                "{\"path\": \"/admin/export\"}",
                "\"authentication\": {\"anyOf\": [\"apiKey\"], \"optional\": true}");

        assertThat(all()).containsExactly("b less-protected-below /authentication");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            "path": "/v1/a/secret", "exact": true                      | "path": "/v1"                                | a
            "path": "/v1/a/secret", "exact": true                      | "path": "/"                                  | a
            "path": "/v1/a/secret/", "exact": true                     | "path": "/v1/a/secret"                       | a
            "path": "/v1/a/secret", "exact": true                      | "path": "/v1/a/secret"                       | a
            "path": "/v1/a/secret", "exact": true                      | "path": "/v1/a/secret/", "exact": true       | a
            "template": "/v1/{user}/secret"                            | "path": "/v1", "hosts": ["x.org"]            | a
            "path": "/v1/a/secret"                                     | "path": "/v1"                                | -
            "template": "/v1/a/{rest...}"                              | "path": "/v1"                                | -
            "path": "/v1/a/secret", "exact": true                      | "path": "/v1", "exact": true                 | -
            "path": "/v1/a/secret", "exact": true                      | "path": "/v1/a/secret/below"                 | -
            "path": "/v1/a/secret", "exact": true, "methods": ["POST"] | "path": "/v1", "methods": ["GET"]            | -
            "path": "/v1/a/secret", "exact": true, "hosts": ["y.org"]  | "path": "/v1", "hosts": ["x.org"]            | -
            """)
    void aProtectedPathNeedsAProtectedPathWithASlash(String exact, String broader, String found) throws Exception {
        route("a", '{' + exact + '}', "\"authentication\": {\"anyOf\": [\"apiKey\"]}");
        JsonNode added = json("b", '{' + broader + '}', "");

        List<Finding> findings =
                linter.changed(documents("{}"), List.of(new DocumentDelta(DocumentDelta.ROUTE, "b", null, added)));

        assertThat(findings)
                .extracting(LinterTest::line)
                .isEqualTo(found == null ? List.of() : List.of("a less-protected-slash /match"));
        routes.put("b", added);
        assertThat(all()).hasSize(found == null ? 0 : 1);
    }

    @Test
    void aProtectedRouteBetweenTakesThePathWithASlash() {
        String key = "\"authentication\": {\"anyOf\": [\"apiKey\"]}";
        route("a", "{\"path\": \"/v1/a/secret\", \"exact\": true}", key);
        route("b", "{\"path\": \"/v1/a\"}", key);
        route("c", "{\"path\": \"/\"}", "");

        assertThat(all()).isEmpty();
    }

    @Test
    void anApiKeyInTheQueryIsFound() {
        route(
                "a",
                "{\"path\": \"/a\"}",
                "\"authentication\": {\"anyOf\": [\"apiKey\"], \"apiKey\": {\"from\": [\"header:X-Key\", \"query:key\"]}}");

        assertThat(all()).containsExactly("a key-in-query /authentication/apiKey/from/1");
    }

    @Test
    void severalRoutesShadowOneTogether() {
        route("a", "{\"path\": \"/x\", \"methods\": [\"GET\"]}", "");
        route("b", "{\"path\": \"/x\", \"methods\": [\"PUT\"]}", "");
        route("c", "{\"path\": \"/x\", \"methods\": [\"PUT\", \"GET\"]}", "");

        assertThat(linter.all(documents("{}")))
                .extracting(Finding::message)
                .containsExactly("The route never takes a request: routes \"a\", \"b\" take all of them first.");
    }

    @Test
    void aDisabledRouteNeitherShadowsNorHasFindings() {
        route(
                "a",
                "{\"path\": \"/x\", \"hosts\": [\"x.org\", \"y.org\"]}",
                "\"enabled\": false, \"retry\": {\"methods\": [\"POST\"]}");
        route("b", "{\"path\": \"/x\", \"hosts\": [\"x.org\"]}", "");

        assertThat(all()).isEmpty();
    }

    @Test
    void aFindingThatTheRouteAcceptsIsNotReported() {
        route(
                "users",
                "{\"path\": \"/users\"}",
                "\"retry\": {\"methods\": [\"POST\"]}, \"rateLimits\": [{\"requests\": 1}],"
                        + " \"lint\": {\"accept\": {\"retry-unsafe\": \"our POST is idempotent\"}}");

        assertThat(all()).containsExactly("users limit-below-nodes /rateLimits/0");
    }

    @Test
    void aValueFromTheDefaultsIsFoundOnEachRouteAndNamed() {
        route("users", "{\"path\": \"/users\"}", "");

        assertThat(linter.all(documents("{\"retry\": {\"methods\": [\"PATCH\"]}}")))
                .extracting(Finding::message)
                .containsExactly(
                        "Retries repeat PATCH (from the defaults); the upstream can process one request several times.");
    }

    @Test
    void aChangeReportsTheRoutesThatItWritesAndThoseThatItShadows() throws Exception {
        route("b", "{\"path\": \"/x\", \"hosts\": [\"x.org\"]}", "\"retry\": {\"methods\": [\"PUT\"]}");
        route("c", "{\"path\": \"/y\"}", "\"retry\": {\"methods\": [\"POST\"]}");
        JsonNode added = json(
                "a", "{\"path\": \"/x\", \"hosts\": [\"x.org\", \"y.org\"]}", "\"rateLimits\": [{\"requests\": 1}]");

        List<Finding> findings =
                linter.changed(documents("{}"), List.of(new DocumentDelta(DocumentDelta.ROUTE, "a", null, added)));

        assertThat(findings)
                .extracting(LinterTest::line)
                .containsExactly("a limit-below-nodes /rateLimits/0", "b shadowed /match");
    }

    @Test
    void anEditOfTheDefaultsThatReachesTenRoutesIsNoticed() throws Exception {
        IntStream.range(0, 9).forEach(i -> route("r" + i, "{\"path\": \"/r" + i + "\"}", ""));
        route("own", "{\"path\": \"/own\"}", "\"timeout\": {\"idle\": \"9s\"}");
        assertThat(linter.changed(documents("{}"), idle())).isEmpty();

        route("r9", "{\"path\": \"/r9\"}", "");

        assertThat(linter.changed(documents("{}"), idle())).singleElement().satisfies(finding -> {
            assertThat(finding.rule().code()).isEqualTo("defaults-reach-many");
            assertThat(finding.route()).isNull();
            assertThat(finding.isWarning()).isFalse();
            assertThat(finding.message()).isEqualTo("The edit changes /timeout/idle of 10 routes.");
        });
    }

    private static List<DocumentDelta> idle() throws Exception {
        return List.of(new DocumentDelta(
                DocumentDelta.DEFAULTS,
                DocumentDelta.DEFAULTS,
                JSON.readTree("{}"),
                JSON.readTree("{\"timeout\": {\"idle\": \"30s\"}}")));
    }

    private List<String> all() {
        return linter.all(documents("{}")).stream().map(LinterTest::line).toList();
    }

    private static String line(Finding finding) {
        return finding.route() + ' ' + finding.rule().code() + ' ' + finding.pointer();
    }

    private Configuration documents(String defaults) {
        try {
            SortedMap<String, VersionedDocument> stored = new TreeMap<>();
            routes.forEach((id, json) -> stored.put(id, new VersionedDocument(1, (ObjectNode) json)));
            return new Configuration(1, new VersionedDocument(1, (ObjectNode) JSON.readTree(defaults)), stored);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            "path": "/a"                                | https://{host}{path}      | a open-redirect /redirect/to
            "path": "/a", "hosts": ["*.com"]            | https://www.{host}/       | a open-redirect /redirect/to
            "path": "/a", "hosts": ["*.example.com"]    | https://{host}{path}      | -
            "path": "/a"                                | https://a.example{path}   | -
            "path": "/a"                                | /b?host={host}            | -
            """)
    void aRedirectToTheHostOfTheClientNeedsHosts(String match, String to, String finding) throws IOException {
        routes.put("a", JSON.readTree("""
                {"id": "a", "match": {%s}, "redirect": {"to": "%s"}}""".formatted(match, to)));

        assertThat(all()).isEqualTo(finding == null ? List.of() : List.of(finding));
    }

    private void route(String id, String match, String more) {
        try {
            routes.put(id, json(id, match, more));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(String id, String match, String more) throws IOException {
        return JSON.readTree("{\"id\": \"" + id + "\", \"match\": " + match
                + ", \"upstream\": {\"targets\": [{\"url\": \"http://localhost:1\"}]}"
                + (more.isEmpty() ? "" : ", " + more) + '}');
    }
}
