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

/** The permissions of viewers and editors. */
class RolesTest {
    /** The operations that only read although they use POST. */
    private static final Set<String> READING = Set.of("post /api/v1/routes/validate", "post /api/v1/explain");

    /** The calls that read, but not for viewers. */
    private static final Set<String> AUDITING = Set.of("get /api/v1/audit", "get /api/v1/audit/verify");

    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
        assertThat(admin.put("known", route("/known", ", \"rateLimits\": [{}]")).status())
                .isEqualTo(201);
    }

    @AfterAll
    static void close() throws Exception {
        admin.close();
    }

    /** Iterates over the OpenAPI document, so that it covers every new operation. */
    @Test
    void aViewerIsForbiddenExactlyTheCallsThatChangeSomething() throws Exception {
        List<String> open = new ArrayList<>();
        List<String> shut = new ArrayList<>();
        for (var path : admin.get("/api/v1/openapi.json").json().path("paths").properties()) {
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
        assertThat(admin.store.readAll().revision()).isEqualTo(1);
    }

    private static Reply call(String method, String path) throws Exception {
        String filled = path.replace("{kind}", "consumers").replaceAll("\\{[a-z]+}", "known") + "?client=127.0.0.1";
        // A stream does not end; HEAD has the same access control.
        String sent = path.endsWith("/live") ? "HEAD" : method;
        AdminApiHarness.Call call = admin.view(sent, filled);
        return switch (sent) {
            case "GET", "HEAD", "DELETE" -> call.send();
            default -> call.send("{}");
        };
    }

    @Test
    void anAuditorReadsHistoryAndAuditAndWritesNothing() throws Exception {
        for (String path : new String[] {"/api/v1/revisions", "/api/v1/audit", "/api/v1/audit/verify"}) {
            assertThat(admin.audit("GET", path).send().status()).as(path).isEqualTo(200);
        }
        Reply refused = admin.audit("PUT", "/api/v1/routes/known").send(route("/known"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(admin.store.readAll().revision()).isEqualTo(1);
    }

    @Test
    void aForbiddenRequestNamesTheRequiredRole() throws Exception {
        Reply refused = admin.view("DELETE", "/api/v1/routes/known").send();

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("forbidden");
        assertThat(refused.json().path("detail").asText())
                .contains("needs the role editor", "\"onlooker\" is a viewer's");
        assertThat(refused.field("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"editor\"");
        assertThat(admin.get("/api/v1/routes/known").status()).isEqualTo(200);
    }

    @Test
    void aViewerMayReadEverything() throws Exception {
        for (String path : new String[] {"/api/v1/routes", "/api/v1/circuits", "/__routes", "/__metrics"}) {
            assertThat(admin.view("GET", path).send().status()).as(path).isEqualTo(200);
        }
        JsonNode explained = admin.view("POST", "/api/v1/explain")
                .send("{\"method\": \"GET\", \"url\": \"/known/1\"}")
                .json();
        assertThat(explained.path("route").asText()).isEqualTo("known");
    }
}
