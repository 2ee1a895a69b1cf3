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

/** The admin port serves introspection. */
class IntrospectionResourceTest {
    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() throws Exception {
        admin.close();
    }

    @Test
    void healthContainsTheStateOfItsParts() throws Exception {
        admin.put("healthy", route("/healthy"));

        Reply health = admin.anonymous("GET", "/__health").send();

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.field("Content-Type")).startsWith("application/json");
        JsonNode json = health.json();
        assertThat(json.path("status").asText()).isEqualTo("up");
        assertThat(json.path("database").asText()).isEqualTo("up");
        assertThat(json.at("/config/revision").asLong())
                .isEqualTo(admin.sync.current().revision());
        assertThat(json.at("/config/ageSeconds").isIntegralNumber()).isTrue();
        assertThat(json.at("/config/source").asText()).isEqualTo("database");
        assertThat(json.has("redis")).isFalse();
    }

    @Test
    void readinessFollowsTheNode() throws Exception {
        assertThat(admin.anonymous("GET", "/__ready").send().status()).isEqualTo(503);
        admin.readiness.ready();
        assertThat(admin.anonymous("GET", "/__ready").send().body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void aRejectedRouteIsListedWithItsReason() throws Exception {
        admin.put("broken", route("/broken"));
        admin.execute(
                "update route set document = '{\"id\": \"broken\", \"match\": {\"path\": \"/b\"}}' where id = 'broken'");
        try (AdminApiHarness later = admin.another()) {
            JsonNode routes = later.get("/__routes").json();

            assertThat(routes.path("routes").findValuesAsText("id")).doesNotContain("broken");
            assertThat(routes.at("/rejected/0/id").asText()).isEqualTo("broken");
            assertThat(routes.at("/rejected/0/reason").asText()).contains("/upstream");
            assertThat(later.call("GET", "/api/v1/routes/broken")
                            .withRejectedDocuments()
                            .send()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void metricsAreAvailable() throws Exception {
        Reply metrics = admin.get("/__metrics");

        assertThat(metrics.field("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(metrics.body()).contains("gateway_config_revision ");
    }

    @Test
    void onlyTheLiteralPathsOfProbesNeedNoToken() throws Exception {
        assertThat(admin.anonymous("GET", "/__health/").send().status()).isEqualTo(401);
        assertThat(admin.anonymous("GET", "/__healthy").send().status()).isEqualTo(401);
        assertThat(admin.get("/__nothing").status()).isEqualTo(404);
    }

    @Test
    void introspectionIsReadOnly() throws Exception {
        assertThat(admin.call("POST", "/__routes").send("{}").status()).isEqualTo(405);
    }
}
