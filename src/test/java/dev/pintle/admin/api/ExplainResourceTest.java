package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainResourceTest {
    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
        admin.put("users", route("/users", """
                , "circuitBreaker": {"consecutiveFailures": 3}, "rateLimits": [{"requests": 10, "per": "1m"}], "rewrite": {"stripPrefix": true}"""));
        admin.put("hosted", """
                {"match": {"path": "/users", "hosts": ["api.example.com"]},
                 "upstream": {"targets": [{"url": "http://127.0.0.1:9/base"}]}}""");
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @Test
    void theExplanationDescribesRouteAndPolicies() throws Exception {
        JsonNode json = explain("""
                {"method": "GET", "url": "/users/1?v=2", "clientAddress": "203.0.113.9"}""").json();

        assertThat(json.path("route").asText()).isEqualTo("users");
        assertThat(json.path("path").asText()).isEqualTo("/1?v=2");
        assertThat(json.at("/nonMatching/0/route").asText()).isEqualTo("hosted");
        assertThat(json.at("/nonMatching/0/failed").asText()).isEqualTo("host");
        assertThat(json.path("shadowedRoutes")).isEmpty();
        assertThat(json.at("/policies/0/name").asText()).isEqualTo("maintenance");
        JsonNode limit = json.at("/policies/1");
        assertThat(limit.path("name").asText()).isEqualTo("rateLimits");
        assertThat(limit.at("/values/rateLimits/0/requests").asInt()).isEqualTo(10);
        assertThat(limit.path("origin").asText()).isEqualTo("route");
        assertThat(limit.at("/values/rateLimits/0/key").asText()).isEqualTo("client");
        assertThat(limit.at("/origins/rateLimits").asText()).isEqualTo("route");
        JsonNode circuitBreaker =
                json.path("policies").path(json.path("policies").size() - 1);
        assertThat(circuitBreaker.path("name").asText()).isEqualTo("circuitBreaker");
        assertThat(circuitBreaker.at("/origins/consecutiveFailures").asText()).isEqualTo("route");
        assertThat(circuitBreaker.at("/origins/cooldown").asText()).isEqualTo("built-in");
        assertThat(json.at("/now/circuits/0/state").asText()).isEqualTo("closed");
        assertThat(json.at("/now/limits/0/name").asText()).isEqualTo("client");
        assertThat(json.at("/now/limits/0/left").asInt()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"method\": \"GET\", \"url\": \"http://api.example.com/users\"} | hosted",
                "{\"method\": \"GET\", \"url\": \"/users\", \"headers\": {\"Host\": \"api.example.com\"}} | hosted",
                "{\"method\": \"GET\", \"url\": \"/users\", \"headers\": {\"X\": [\"1\", \"2\"]}} | users",
                "{\"method\": \"GET\", \"url\": \"/usersX\"} | null",
                "{\"method\": \"GET\", \"url\": \"http://api.example.com\"} | null",
            })
    void theHostComesFromTheUrlOrTheHostHeader(String request, String route) throws Exception {
        assertThat(explain(request).json().path("route").asText()).isEqualTo(route);
    }

    @Test
    void thePathOfTheTargetIsPrepended() throws Exception {
        assertThat(explain("{\"method\": \"GET\", \"url\": \"http://api.example.com/users/1\"}")
                        .json()
                        .path("path")
                        .asText())
                .isEqualTo("/base/users/1");
    }

    @Test
    void anAmbiguousPathIsExplained() throws Exception {
        assertThat(explain("{\"method\": \"GET\", \"url\": \"/users/..\"}")
                        .json()
                        .path("refused")
                        .asText())
                .isEqualTo("bad-request: the path has an interpretation that leaves the path of its route");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | /method,/url",
                "[] | /method,/url",
                "{\"method\": \"G T\", \"url\": \"/x\"} | /method",
                "{\"method\": \"GET\", \"url\": \"x\"} | /url",
                "{\"method\": \"GET\", \"url\": \"/a b\"} | /url",
                "{\"method\": \"GET\", \"url\": \"/a#b\"} | /url",
                "{\"method\": \"GET\", \"url\": \"/x\", \"headers\": {\"X-A\": 1}} | /headers/X-A",
                "{\"method\": \"GET\", \"url\": \"/x\", \"body\": \"\"} | /body",
                "{\"method\": 5, \"url\": true} | /method,/url",
                "{\"method\": \"GET\", \"url\": \"/x\", \"headers\": []} | /headers",
                "{\"method\": \"GET\", \"url\": \"/x\", \"headers\": {\"a/b\": \"1\"}} | /headers/a~1b",
                "{\"method\": \"GET\", \"url\": \"/x\", \"clientAddress\": \"999.1.1.1\"} | /clientAddress",
                "{\"method\": \"GET\", \"url\": \"/x\", \"clientAddress\": \"10.0.0.0/8\"} | /clientAddress",
                "{\"method\": \"GET\", \"url\": \"/x\", \"clientAddress\": \"localhost\"} | /clientAddress",
                "{\"method\": \"GET\", \"url\": \"/x\", \"clientAddress\": \"\"} | /clientAddress",
                "{\"method\": \"GET\", \"url\": \"/x\", \"clientAddress\": 5} | /clientAddress",
            })
    void anInvalidRequestIsRefusedWithAllViolations(String request, String pointers) throws Exception {
        Reply refused = explain(request);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(String.join(",", refused.pointers())).isEqualTo(pointers);
    }

    private static Reply explain(String request) throws Exception {
        return admin.call("POST", "/api/v1/explain").send(request);
    }
}
