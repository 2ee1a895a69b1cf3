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

/** Introspection on the admin port. */
class IntrospectionResourceTest {
    private static AdminApiHarness desk;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        desk = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() throws Exception {
        desk.close();
    }

    @Test
    void healthTellsItsParts() throws Exception {
        desk.put("healthy", route("/healthy"));

        Reply health = desk.anonymous("GET", "/__health").send();

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.field("Content-Type")).startsWith("application/json");
        JsonNode json = health.json();
        assertThat(json.path("status").asText()).isEqualTo("up");
        assertThat(json.path("database").asText()).isEqualTo("up");
        assertThat(json.at("/config/revision").asLong())
                .isEqualTo(desk.sync.current().revision());
        assertThat(json.at("/config/ageSeconds").isIntegralNumber()).isTrue();
        assertThat(json.at("/config/source").asText()).isEqualTo("database");
        assertThat(json.has("redis")).isFalse();
    }

    @Test
    void readinessFollowsTheNode() throws Exception {
        assertThat(desk.anonymous("GET", "/__ready").send().status()).isEqualTo(503);
        desk.readiness.ready();
        assertThat(desk.anonymous("GET", "/__ready").send().body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void aRouteThatCannotRunIsKeptOutAndNamed() throws Exception {
        desk.put("broken", route("/broken"));
        desk.execute(
                "update route set document = '{\"id\": \"broken\", \"match\": {\"path\": \"/b\"}}' where id = 'broken'");
        try (AdminApiHarness later = desk.another()) {
            JsonNode routes = later.get("/__routes").json();

            assertThat(routes.path("routes").findValuesAsText("id")).doesNotContain("broken");
            assertThat(routes.at("/rejected/0/id").asText()).isEqualTo("broken");
            assertThat(routes.at("/rejected/0/reason").asText()).contains("/upstream");
            assertThat(later.get("/api/v1/routes/broken").status()).isEqualTo(200);
        }
    }

    @Test
    void metricsAreThere() throws Exception {
        Reply metrics = desk.get("/__metrics");

        assertThat(metrics.field("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(metrics.body()).contains("gateway_config_revision ");
    }

    @Test
    void onlyTheLiteralPathsOfProbesAreOpen() throws Exception {
        assertThat(desk.anonymous("GET", "/__health/").send().status()).isEqualTo(401);
        assertThat(desk.anonymous("GET", "/__healthy").send().status()).isEqualTo(401);
        assertThat(desk.get("/__nothing").status()).isEqualTo(404);
    }

    @Test
    void theyAreOnlyRead() throws Exception {
        assertThat(desk.call("POST", "/__routes").send("{}").status()).isEqualTo(405);
    }
}
