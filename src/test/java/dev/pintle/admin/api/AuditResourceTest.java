package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every attempt to write has one row in the audit table. */
class AuditResourceTest {
    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @Test
    void aWriteHasOneRowWithItsRevision() throws Exception {
        Reply written = admin.call("PUT", "/api/v1/routes/written?strict=true")
                .with("Pintle-Reason", "ticket 7")
                .send(route("/written"));

        JsonNode row = only("written");
        assertThat(row.path("author").asText()).isEqualTo("admin");
        assertThat(row.path("role").asText()).isEqualTo("editor");
        assertThat(row.path("peer").asText()).isEqualTo("127.0.0.1");
        assertThat(row.path("traceId").asText()).isEqualTo(written.field("X-Trace-ID"));
        assertThat(row.path("method").asText()).isEqualTo("PUT");
        assertThat(row.path("path").asText()).isEqualTo("/api/v1/routes/written");
        assertThat(row.path("query").asText()).isEqualTo("strict=true");
        assertThat(row.path("outcome").asText()).isEqualTo("done");
        assertThat(row.path("revision").asText()).isEqualTo(written.field("Pintle-Revision"));
        assertThat(row.path("reason").asText()).isEqualTo("ticket 7");
        assertThat(row.has("status")).isFalse();
    }

    @Test
    void refusedAttemptsHaveARowWithTheirCode() throws Exception {
        admin.put("refused", route("no-slash"));
        admin.call("PUT", "/api/v1/routes/refused").send("{");
        admin.call("DELETE", "/api/v1/routes/refused").send();
        admin.view("DELETE", "/api/v1/routes/refused").send();

        assertThat(rows("route=refused"))
                .extracting(row -> row.path("outcome").asText()
                        + ' '
                        + row.path("status").asInt()
                        + ' '
                        + row.path("code").asText()
                        + ' '
                        + row.path("author").asText())
                .containsExactly(
                        "refused 403 forbidden onlooker",
                        "refused 404 not-found admin",
                        "refused 400 malformed-json admin",
                        "refused 422 invalid admin");
    }

    @Test
    void attemptsWithoutARevisionHaveARow() throws Exception {
        admin.put("same", route("/same"));
        admin.put("same", route("/same"));
        admin.call("PUT", "/api/v1/circuits/same")
                .send("{\"state\": \"open\", \"duration\": \"1m\", \"reason\": \"drill\"}");

        List<JsonNode> rows = rows("route=same");
        assertThat(rows).extracting(row -> row.path("outcome").asText()).containsOnly("done");
        assertThat(rows).extracting(row -> row.has("revision")).containsExactly(false, false, true);
        assertThat(rows.getFirst().path("reason").asText()).isEqualTo("drill");
    }

    @Test
    void aBatchHasOneRowWithAllItsRoutes() throws Exception {
        admin.call("POST", "/api/v1/changes")
                .send("{\"edits\": [{\"put\": {\"id\": \"b1\", " + route("/b1").substring(1)
                        + "}, {\"put\": {\"id\": \"b2\", " + route("/b2").substring(1) + "}]}");

        assertThat(only("b2").path("routes")).extracting(JsonNode::asText).containsExactly("b1", "b2");
    }

    @Test
    void readingLeavesNoRowAndAFloodOfOneViewerOnlyAFew() throws Exception {
        admin.get("/api/v1/routes");
        admin.call("POST", "/api/v1/routes/validate").send(route("/read"));
        for (int i = 0; i < 30; i++) {
            admin.view("DELETE", "/api/v1/routes/flood").send();
        }

        assertThat(rows("limit=500"))
                .isNotEmpty()
                .noneMatch(row -> row.path("path").asText().endsWith("validate"));
        assertThat(rows("route=flood")).hasSizeBetween(1, 12);
    }

    @Test
    void theListIsPagedAndFiltered() throws Exception {
        for (int i = 0; i < 3; i++) {
            admin.put("paged", route("/paged" + i));
        }
        JsonNode first =
                admin.audit("GET", "/api/v1/audit?route=paged&limit=2").send().json();
        JsonNode rest = admin.audit("GET", "/api/v1/audit?route=paged&limit=2&before=" + first.path("next"))
                .send()
                .json();

        assertThat(first.path("entries")).hasSize(2);
        assertThat(rest.path("entries")).hasSize(1);
        assertThat(rest.has("next")).isFalse();
        assertThat(rows("route=paged&author=someone")).isEmpty();
        assertThat(rows("route=paged&since=1h")).hasSize(3);
        assertThat(rows("route=paged&since=2999-01-01T00:00:00Z")).isEmpty();
        for (String query : Set.of(
                "since=yesterday",
                "since=%2B999999999-12-31T23:59:59Z",
                "since=99999999999d",
                "since=-1h",
                "limit=0",
                "before=x")) {
            assertThat(admin.get("/api/v1/audit?" + query).status()).as(query).isEqualTo(400);
        }
    }

    private static JsonNode only(String route) throws Exception {
        List<JsonNode> rows = rows("route=" + route);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private static List<JsonNode> rows(String query) throws Exception {
        JsonNode entries = admin.get("/api/v1/audit?" + query).json().path("entries");
        return StreamSupport.stream(entries.spliterator(), false).toList();
    }
}
