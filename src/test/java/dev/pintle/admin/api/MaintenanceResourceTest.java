package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceResourceTest {
    @Test
    void withoutPostgresARouteClosesAndOpensOnTheNodeThatIsAsked(@TempDir Path folder) throws Exception {
        try (AdminApiHarness cut = new AdminApiHarness(folder)) {
            cut.call("PUT", "/api/v1/routes/cut").send("""
                    {"match": {"path": "/cut"}, "upstream": {"targets": [{"url": "http://localhost:1"}]}}""");
            cut.line.refuse();

            Reply closed = cut.call("PUT", "/api/v1/maintenance/cut").send("{\"duration\": \"10m\"}");

            assertThat(closed.status()).as(closed.body()).isEqualTo(200);
            assertThat(closed.json().at("/maintenance/0/route").asText()).isEqualTo("cut");
            assertThat(closed.json().at("/maintenance/0/local").asBoolean()).isTrue();

            cut.line.heal();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> cut.get("/api/v1/maintenance").body().contains("\"local\":false"));
            assertThat(cut.query("select route from maintenance")).isEqualTo("cut");
            cut.line.refuse();

            Reply opened = cut.call("DELETE", "/api/v1/maintenance/cut").send();

            assertThat(opened.status()).isEqualTo(202);
            assertThat(cut.get("/api/v1/maintenance").body()).isEqualTo("{\"maintenance\":[]}");
        }
    }
}
