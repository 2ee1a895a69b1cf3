package dev.pintle.admin.auth;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a viewer may do, and what only an editor may. */
class RolesTest {
    /** The calls that read although they are a POST. */
    private static final Set<String> READING = Set.of("post /api/v1/routes/validate", "post /api/v1/explain");

    /** The calls that read, but not for viewers. */
    private static final Set<String> AUDITING = Set.of("get /api/v1/audit", "get /api/v1/audit/verify");

    private static AdminApiHarness desk;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        desk = new AdminApiHarness(folder);
        assertThat(desk.put("known", route("/known", ", \"rateLimits\": [{}]")).status())
                .isEqualTo(201);
    }

    @AfterAll
    static void close() throws Exception {
        desk.close();
    }

    /** Goes by the description of the API, so that a new call is in it. */
    @Test
    void aViewerIsKeptFromEveryCallThatChangesSomethingAndFromNoOther() throws Exception {
        List<String> open = new ArrayList<>();
        List<String> shut = new ArrayList<>();
        for (var path : desk.get("/api/v1/openapi.json").json().path("paths").properties()) {
            for (var call : path.getValue().properties()) {
                String method = call.getKey().toUpperCase(java.util.Locale.ROOT);
                int status = call(method, path.getKey()).status();
                (status == 403 ? shut : open).add(call.getKey() + ' ' + path.getKey());
            }
        }

        assertThat(open).isNotEmpty().allMatch(call -> call.startsWith("get ") || READING.contains(call));
        assertThat(shut)
                .hasSizeGreaterThanOrEqualTo(7)
                .filteredOn(call -> call.startsWith("get "))
                .containsExactlyInAnyOrderElementsOf(AUDITING);
        assertThat(desk.store.readAll().revision()).isEqualTo(1);
    }

    private static Reply call(String method, String path) throws Exception {
        String filled = path.replaceAll("\\{[a-z]+}", "known") + "?client=127.0.0.1";
        AdminApiHarness.Call call = desk.view(method, filled);
        return switch (method) {
            case "GET", "DELETE" -> call.send();
            default -> call.send("{}");
        };
    }

    @Test
    void anAuditorReadsHistoryAndAuditAndWritesNothing() throws Exception {
        for (String path : new String[] {"/api/v1/revisions", "/api/v1/audit", "/api/v1/audit/verify"}) {
            assertThat(desk.audit("GET", path).send().status()).as(path).isEqualTo(200);
        }
        Reply refused = desk.audit("PUT", "/api/v1/routes/known").send(route("/known"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(desk.store.readAll().revision()).isEqualTo(1);
    }

    @Test
    void whoIsRefusedHearsWhichRoleItTakes() throws Exception {
        Reply refused = desk.view("DELETE", "/api/v1/routes/known").send();

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("forbidden");
        assertThat(refused.json().path("detail").asText())
                .contains("needs the role editor", "\"onlooker\" is a viewer's");
        assertThat(refused.field("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"editor\"");
        assertThat(desk.get("/api/v1/routes/known").status()).isEqualTo(200);
    }

    @Test
    void aViewerReadsWhatAnEditorReads() throws Exception {
        for (String path : new String[] {"/api/v1/routes", "/api/v1/circuits", "/__routes", "/__metrics"}) {
            assertThat(desk.view("GET", path).send().status()).as(path).isEqualTo(200);
        }
        JsonNode explained = desk.view("POST", "/api/v1/explain")
                .send("{\"method\": \"GET\", \"url\": \"/known/1\"}")
                .json();
        assertThat(explained.path("route").asText()).isEqualTo("known");
    }
}
