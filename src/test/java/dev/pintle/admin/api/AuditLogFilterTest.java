package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.credentials.AuthFailureThrottle;
import dev.pintle.testing.AccessLogLines;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import dev.pintle.testing.RawClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log has a line for each change and each rejected authentication or authorization. */
class AuditLogFilterTest {
    private AdminApiHarness admin;
    private AccessLogLines lines;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
        lines = AccessLogLines.record("audit");
    }

    @AfterEach
    void close() {
        lines.close();
        admin.close();
    }

    @Test
    void aWriteIsLoggedWithNameRoleRevisionAndReason() throws Exception {
        Reply written = admin.call("PUT", "/api/v1/routes/users")
                .with("Pintle-Reason", "ticket 7")
                .send(route("/users"));

        JsonNode line = lineOf(written);
        assertThat(line.path("event").asText()).isEqualTo("order");
        assertThat(line.path("token").asText()).isEqualTo("admin");
        assertThat(line.path("role").asText()).isEqualTo("editor");
        assertThat(line.path("peer").asText()).isEqualTo("127.0.0.1");
        assertThat(line.path("method").asText()).isEqualTo("PUT");
        assertThat(line.path("path").asText()).isEqualTo("/api/v1/routes/users");
        assertThat(line.path("status").asInt()).isEqualTo(201);
        assertThat(line.path("revision").asLong()).isEqualTo(1);
        assertThat(line.path("reason").asText()).isEqualTo("ticket 7");
        assertThat(line.path("time").asText()).endsWith("Z");
    }

    @Test
    void aFailedChangeIsLoggedWithItsStatus() throws Exception {
        JsonNode line = lineOf(admin.put("users", "{}"));

        assertThat(line.path("status").asInt()).isEqualTo(422);
        assertThat(line.path("code").asText()).isEqualTo("invalid");
        assertThat(line.path("revision").isMissingNode()).isTrue();
    }

    @Test
    void aResetIsLoggedWithClientAndReason() throws Exception {
        admin.put("users", route("/users", ", \"rateLimits\": [{}]"));

        Reply reset = admin.call("DELETE", "/api/v1/limits/users?client=192.0.2.1")
                .with("Pintle-Reason", "they asked")
                .send();

        assertThat(reset.status()).isEqualTo(204);
        JsonNode line = lineOf(reset);
        assertThat(line.path("query").asText()).isEqualTo("client=192.0.2.1");
        assertThat(line.path("reason").asText()).isEqualTo("they asked");
    }

    @Test
    void theReasonOfAForcedCircuitComesFromTheBodyOrTheHeader() throws Exception {
        admin.put("users", route("/users"));

        Reply own = admin.call("PUT", "/api/v1/circuits/users")
                .with("Pintle-Reason", "the field")
                .send("{\"state\": \"open\", \"duration\": \"1m\", \"reason\": \"the document\"}");
        Reply field = admin.call("PUT", "/api/v1/circuits/users")
                .with("Pintle-Reason", "the field")
                .send("{\"state\": \"open\", \"duration\": \"1m\"}");

        assertThat(lineOf(own).path("reason").asText()).isEqualTo("the document");
        assertThat(lineOf(field).path("reason").asText()).isEqualTo("the field");
        assertThat(admin.query("SELECT reason FROM forced_circuit")).isEqualTo("the field");
    }

    @Test
    void readsAreNotLogged() throws Exception {
        admin.get("/api/v1/routes");
        admin.call("POST", "/api/v1/routes/validate").send(route("/users"));
        admin.anonymous("GET", "/__health").send();

        assertThat(lines.all()).isEmpty();
    }

    @Test
    void forbiddenRequestsAreLoggedByNameAndCounted() throws Exception {
        Reply first = admin.view("DELETE", "/api/v1/routes/users").send();
        for (int i = 0; i < AuthFailureThrottle.BURST + 4; i++) {
            admin.view("DELETE", "/api/v1/routes/users").send();
        }

        assertThat(lineOf(first).path("token").asText()).isEqualTo("onlooker");
        assertThat(lineOf(first).path("code").asText()).isEqualTo("forbidden");
        assertThat(lines.all()).hasSize(AuthFailureThrottle.BURST);
        admin.ticker.advance(AuthFailureThrottle.INTERVAL);
        assertThat(lineOf(admin.view("DELETE", "/api/v1/routes/users").send())
                        .path("unlogged")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void aClientCannotForgeALine() throws Exception {
        String forged = "caf\u00e9 \u0085 \" \\ ,\"token\":\"root\"";
        try (RawClient client = admin.connect()) {
            client.send("DELETE /api/v1/routes/none HTTP/1.1\r\nHost: admin\r\nAuthorization: Bearer "
                    + AdminApiHarness.TOKEN + "\r\nPintle-Reason: " + forged + "\r\n\r\n");
            client.head();
        }
        Reply refused =
                admin.anonymous("GET", "/x%7B%22event%22:%22order%22%7D").send();

        assertThat(lines.all()).hasSize(2).allMatch(line -> line.matches("[ -~]+"));
        JsonNode order = new ObjectMapper().readTree(lines.all().getFirst());
        assertThat(order.path("token").asText()).isEqualTo("admin");
        assertThat(order.path("reason").asText()).startsWith("caf").endsWith("\" \\ ,\"token\":\"root\"");
        assertThat(lineOf(refused).path("event").asText()).isEqualTo("refused");
    }

    @Test
    void noLineContainsAToken() throws Exception {
        admin.put("users", route("/users"));
        admin.view("DELETE", "/api/v1/routes/users").send();
        admin.anonymous("GET", "/api/v1/routes?access_token=" + AdminApiHarness.TOKEN)
                .with("Authorization", "Basic " + AdminApiHarness.TOKEN)
                .send();

        assertThat(lines.all())
                .hasSize(3)
                .noneMatch(line -> line.contains(AdminApiHarness.TOKEN) || line.contains(AdminApiHarness.VIEWER));
    }

    private JsonNode lineOf(Reply reply) {
        return lines.of(reply.field("X-Trace-ID"));
    }
}
