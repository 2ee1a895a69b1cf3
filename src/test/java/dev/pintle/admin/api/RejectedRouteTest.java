package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.TestCertificates;
import dev.pintle.tls.PemFiles;
import dev.pintle.upstream.tls.ClientCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node runs with an unreadable document in PostgreSQL, reports it, and can replace it. */
class RejectedRouteTest {
    private AdminApiHarness writer;
    private AdminApiHarness admin;

    @BeforeEach
    void openANodeOverADatabaseWithABadDocument(@TempDir Path folder) throws Exception {
        writer = new AdminApiHarness(folder);
        writer.put("good", route("/good"));
        writer.put("bad", route("/bad"));
        writer.execute("""
                alter table route drop constraint route_document_check;
                update route set document = '[1]' where id = 'bad'""");
        admin = writer.another();
    }

    @AfterEach
    void close() {
        admin.close();
        writer.close();
    }

    @Test
    void theNodeStartsAndReportsTheDocument() throws Exception {
        JsonNode health = admin.anonymous("GET", "/__health").send().json();

        assertThat(health.path("status").asText()).isEqualTo("degraded");
        assertThat(health.at("/reasons/0").asText()).contains("\"bad\"", "must be a JSON object");
        assertThat(health.at("/rejected/0/id").asText()).isEqualTo("bad");
        assertThat(health.path("database").asText()).isEqualTo("up");
        JsonNode routes = admin.get("/__routes").json();
        assertThat(routes.path("routes").findValuesAsText("id")).containsExactly("good");
        assertThat(routes.at("/rejected/0/id").asText()).isEqualTo("bad");
    }

    @Test
    void theApiReportsTheFaultAndTheRemedy() throws Exception {
        assertThat(admin.get("/api/v1/routes/bad").status()).isEqualTo(404);
        assertThat(admin.get("/api/v1/routes/bad").json().path("detail").asText())
                .contains("must be a JSON object", "Replace it with PUT");
        assertThat(admin.get("/api/v1/routes").json().path("routes").findValuesAsText("id"))
                .containsExactly("good");
    }

    @Test
    void aPutReplacesAnUnreadableRoute() throws Exception {
        assertThat(admin.put("bad", route("/bad")).status()).isEqualTo(200);

        assertThat(admin.anonymous("GET", "/__health")
                        .send()
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("up");
        assertThat(admin.get("/__routes").json().path("routes").findValuesAsText("id"))
                .containsExactly("bad", "good");
    }

    @Test
    void aDeleteRemovesAnUnreadableRoute() throws Exception {
        assertThat(admin.call("DELETE", "/api/v1/routes/bad").send().status()).isEqualTo(204);

        assertThat(admin.get("/__routes").json().path("rejected")).isEmpty();
    }

    @Test
    void aNewRouteDoesNotGetTheIdOfAnUnreadableOne() throws Exception {
        writer.execute("update route set match_key = 'none' where id = 'bad'");

        assertThat(admin.call("POST", "/api/v1/routes").send(route("/bad")).field("Location"))
                .endsWith("/api/v1/routes/bad-2");
    }

    @Test
    void aNodeWithoutTheClientCertificateOfARouteReportsTheRoute(@TempDir Path folder) throws Exception {
        PemFiles files = new PemFiles(
                Files.writeString(folder.resolve("billing.pem"), TestCertificates.certificate("blue")),
                Files.writeString(folder.resolve("billing.key"), TestCertificates.key("blue")));
        String billing = """
                {"match": {"path": "/billing"}, "upstream": {"targets": [{"url": "https://127.0.0.1:9"}],
                 "tls": {"clientCertificate": "billing"}}}""";
        try (AdminApiHarness able =
                writer.another(Clock.systemUTC(), new ClientCertificates(Map.of("billing", files)))) {
            assertThat(able.put("billing", billing).status()).isEqualTo(201);
            assertThat(writer.put("billing", billing).status()).isEqualTo(422);
            writer.sync.catchUp();

            JsonNode health = writer.anonymous("GET", "/__health").send().json();
            assertThat(health.path("status").asText()).isEqualTo("degraded");
            assertThat(health.path("rejected").findValuesAsText("id")).contains("billing");
            assertThat(health.path("rejected").toString()).contains("clientCertificate");
            assertThat(able.get("/__routes").json().path("routes").findValuesAsText("id"))
                    .contains("billing");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> writer.query("select rejected from node where id = '" + writer.id + "'")
                            .contains("\"billing\""));
        }
    }
}
