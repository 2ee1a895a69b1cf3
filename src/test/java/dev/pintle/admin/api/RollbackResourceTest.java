package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators restore and revert revisions. */
class RollbackResourceTest {
    private AdminApiHarness admin;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void aRestoreCreatesARevisionWithTheWholeEarlierConfiguration() throws Exception {
        admin.put("users", route("/users"));
        admin.call("PUT", "/api/v1/defaults").send("{\"timeout\": {\"total\": \"5s\"}}");
        String then = configuration(2);
        admin.put("users", route("/people"));
        admin.put("orders", route("/orders"));
        admin.call("PUT", "/api/v1/defaults").send("{}");

        Reply restored = restore("2");

        assertThat(restored.status()).isEqualTo(200);
        assertThat(restored.field("Pintle-Revision")).isEqualTo("6");
        assertThat(restored.json())
                .hasToString("{\"revision\":6,\"changes\":["
                        + "{\"kind\":\"defaults\",\"id\":\"defaults\",\"op\":\"update\"},"
                        + "{\"kind\":\"route\",\"id\":\"orders\",\"op\":\"delete\"},"
                        + "{\"kind\":\"route\",\"id\":\"users\",\"op\":\"update\"}]}");
        assertThat(configuration(6)).isEqualTo(then.replace("\"revision\" : 2", "\"revision\" : 6"));
        assertThat(admin.sync.current().revision()).isEqualTo(6);
        JsonNode revision = admin.get("/api/v1/revisions/6").json();
        assertThat(revision.path("cause").asText()).isEqualTo("restore");
        assertThat(revision.path("causeRevision").asLong()).isEqualTo(2);
    }

    @Test
    void aRestoreOfSomeRoutesChangesNoOthers() throws Exception {
        admin.put("users", route("/users"));
        admin.put("gone", route("/gone"));
        admin.put("users", route("/people"));
        admin.call("DELETE", "/api/v1/routes/gone").send();
        admin.put("fresh", route("/fresh"));
        admin.put("other", route("/other"));
        admin.call("PUT", "/api/v1/defaults").send("{\"timeout\": {\"total\": \"5s\"}}");

        assertThat(restore("2?routes=users,gone,fresh").json().path("changes"))
                .extracting(change ->
                        change.path("id").asText() + ' ' + change.path("op").asText())
                .containsExactly("fresh delete", "gone create", "users update");
        assertThat(admin.get("/api/v1/routes/users").json().at("/match/path").asText())
                .isEqualTo("/users");
        assertThat(admin.get("/api/v1/routes/other").status()).isEqualTo(200);
        assertThat(admin.get("/api/v1/defaults").json().at("/timeout/total").asText())
                .isEqualTo("5s");
    }

    @Test
    void aRestoreWithoutEffectCreatesNoRevision() throws Exception {
        admin.put("users", route("/users"));
        admin.put("orders", route("/orders"));

        assertThat(restore("2").body()).isEqualTo("{\"revision\":2,\"changes\":[]}");
        assertThat(restore("1?routes=users").body()).isEqualTo("{\"revision\":2,\"changes\":[]}");
        assertThat(restore("2").field("Pintle-Revision")).isEqualTo("2");
    }

    @Test
    void aRestoreIncludesTheOrderOfKeys() throws Exception {
        admin.put("users", route("/users", ", \"enabled\": true, \"maxRequestBody\": \"1MiB\""));
        admin.call("PATCH", "/api/v1/routes/users").send("{\"enabled\": null}");
        admin.call("PATCH", "/api/v1/routes/users").send("{\"enabled\": true}");
        String then = configuration(1);

        assertThat(restore("1").field("Pintle-Revision")).isEqualTo("4");
        assertThat(configuration(4)).isEqualTo(then.replace("\"revision\" : 1", "\"revision\" : 4"));
    }

    @Test
    void aRestoreOfInvalidDocumentsIsRefusedWithAllViolations() throws Exception {
        admin.put("aaa", route("/aaa"));
        admin.put("users", route("/users"));
        admin.put("orders", route("/orders"));
        admin.put("users", route("/people"));
        admin.put("orders", route("/buys"));
        admin.execute("""
                update change set before = '{"id": "users", "match": {"path": "users"}, "colour": "red"}'
                where revision = 4;
                update change set before = '[]' where revision = 5""");

        Reply refused = restore("3");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("invalid");
        assertThat(refused.pointers()).contains("/routes/1", "/routes/2/colour", "/routes/2/match/path");
        assertThat(refused.body()).contains("route users: ");
        JsonNode then = admin.call("GET", "/api/v1/revisions/3/configuration")
                .withRejectedDocuments()
                .send()
                .json();
        assertThat(then.at("/routes/2/id").asText()).isEqualTo("users");
        assertThat(admin.get("/api/v1/revisions")
                        .json()
                        .at("/revisions/0/number")
                        .asLong())
                .isEqualTo(5);
        assertThat(restore("3?routes=orders").pointers()).containsExactly("/routes/1");
        assertThat(revert("4").pointers()).contains("/changes/0/before/colour");
    }

    @Test
    void aRestoreThatWouldDuplicateAMatchIsRefused() throws Exception {
        admin.put("users", route("/users"));
        admin.put("users", route("/people"));
        admin.put("members", route("/users"));

        Reply refused = restore("1?routes=users");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("match-conflict");
        assertThat(refused.json().path("route").asText()).isEqualTo("members");
        assertThat(admin.sync.current().revision()).isEqualTo(3);
    }

    @Test
    void aRestoreOfUnknownRoutesIsRefused() throws Exception {
        admin.put("users", route("/users"));
        admin.call("PUT", "/api/v1/defaults").send("{\"timeout\": {\"total\": \"5s\"}}");

        assertThat(restore("1?routes=users,nosuch").code()).isEqualTo("not-found");
        assertThat(restore("1?routes=defaults").code()).isEqualTo("not-found");
        assertThat(restore("1?routes=").code()).isEqualTo("bad-request");
        assertThat(restore("1?routes=users,").code()).isEqualTo("bad-request");
    }

    @Test
    void restoredDefaultsMustNotInvalidateLaterRoutes() throws Exception {
        admin.call("PUT", "/api/v1/defaults").send("{\"timeout\": {\"total\": \"5s\"}}");
        admin.call("PUT", "/api/v1/defaults").send("{}");
        admin.put("users", route("/users", ", \"timeout\": {\"attempt\": \"15s\"}"));

        Reply refused = revert("2");

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.pointers())
                .isNotEmpty()
                .allSatisfy(pointer -> assertThat(pointer).startsWith("/changes/0/before/"));
        assertThat(refused.body()).contains("breaks route users");
    }

    @Test
    void aRevertUndoesOneRevisionAndKeepsLaterOnes() throws Exception {
        admin.put("users", route("/users"));
        admin.put("users", route("/people"));
        admin.put("orders", route("/orders"));

        Reply reverted = admin.call("POST", "/api/v1/revisions/2/revert")
                .with("Pintle-Reason", "404s")
                .send();

        assertThat(reverted.status()).isEqualTo(200);
        assertThat(reverted.body())
                .isEqualTo("{\"revision\":4,\"changes\":[{\"kind\":\"route\",\"id\":\"users\",\"op\":\"update\"}]}");
        assertThat(admin.get("/api/v1/routes/users").json().at("/match/path").asText())
                .isEqualTo("/users");
        assertThat(admin.get("/api/v1/routes/orders").status()).isEqualTo(200);
        assertThat(state(2)).isEqualTo("reverted");
        JsonNode revision = admin.get("/api/v1/revisions/4").json();
        assertThat(revision.path("cause").asText()).isEqualTo("revert");
        assertThat(revision.path("causeRevision").asLong()).isEqualTo(2);
        assertThat(revision.path("reason").asText()).isEqualTo("404s");
    }

    @Test
    void aRevertOfARevertRestoresTheChange() throws Exception {
        admin.put("users", route("/users"));
        admin.call("DELETE", "/api/v1/routes/users").send();
        revert("2");

        assertThat(revert("3").status()).isEqualTo(200);
        assertThat(admin.get("/api/v1/routes/users").status()).isEqualTo(404);
        assertThat(state(2)).isEqualTo("past");
        assertThat(state(3)).isEqualTo("reverted");
        assertThat(revert("4").status()).isEqualTo(200);
        assertThat(admin.get("/api/v1/routes/users").status()).isEqualTo(200);
        assertThat(state(2)).isEqualTo("reverted");
        assertThat(state(3)).isEqualTo("past");
        assertThat(state(4)).isEqualTo("reverted");
        assertThat(state(5)).isEqualTo("live");
    }

    @Test
    void aRevertThatWouldLoseLaterChangesIsRefused() throws Exception {
        admin.put("users", route("/users"));
        admin.put("users", route("/people"));
        admin.put("orders", route("/orders"));
        admin.call("DELETE", "/api/v1/routes/users").send();

        Reply refused = revert("1");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("revert-conflict");
        assertThat(refused.json().path("changes"))
                .extracting(change -> change.path("revision").asLong() + " "
                        + change.path("kind").asText() + ' ' + change.path("id").asText() + ' '
                        + change.path("op").asText())
                .containsExactly("2 route users update", "4 route users delete");
        assertThat(refused.json().path("detail").asText())
                .contains("revision 2 changed the route \"users\"")
                .doesNotContain("revision 0");
        assertThat(admin.sync.current().revision()).isEqualTo(4);
    }

    @Test
    void aRevisionCanBeRevertedOnlyOnce() throws Exception {
        admin.put("users", route("/users"));
        revert("1");

        Reply again = revert("1");

        assertThat(again.code()).isEqualTo("revert-conflict");
        assertThat(again.json().path("detail").asText()).contains("is already reverted");
        assertThat(again.json().at("/changes/0/revision").asLong()).isEqualTo(2);
    }

    @Test
    void aRevertThatWouldDuplicateAMatchIsRefused() throws Exception {
        admin.put("users", route("/users"));
        admin.call("DELETE", "/api/v1/routes/users").send();
        admin.put("members", route("/users"));

        assertThat(revert("2").code()).isEqualTo("match-conflict");
    }

    @Test
    void anImportOfAThousandRoutesIsRevertedInOneStep() throws Exception {
        admin.put("users", route("/users"));
        admin.put("r0005", route("/before"));
        String edits = IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"put\": {\"id\": \"r%04d\", \"match\": {\"path\": \"/r%d\"}, %s}}"
                        .formatted(i, i, "\"upstream\": {\"targets\": [{\"url\": \"http://127.0.0.1:9\"}]}"))
                .collect(Collectors.joining(",", "{\"edits\": [", "]}"));
        Reply imported = admin.call("POST", "/api/v1/changes").send(edits);
        assertThat(imported.status()).as(imported.body()).isEqualTo(200);
        JsonNode listed = admin.get("/api/v1/revisions?limit=1").json().at("/revisions/0");
        assertThat(listed.path("changes")).hasSize(100);
        assertThat(listed.path("changeCount").asInt()).isEqualTo(1_000);

        Reply reverted = revert("3");

        assertThat(reverted.status()).as(reverted.body()).isEqualTo(200);
        assertThat(reverted.json().path("changes")).hasSize(1_000);
        assertThat(admin.sync.current().routes()).containsOnlyKeys("r0005", "users");
        assertThat(admin.get("/api/v1/routes/r0005").json().at("/match/path").asText())
                .isEqualTo("/before");
        assertThat(restore("3").json().path("changes")).hasSize(1_000);
    }

    @Test
    void aRevertIsServedByEveryNode() throws Exception {
        admin.put("users", route("/users"));
        admin.put("users", route("/people"));
        try (AdminApiHarness other = admin.another()) {
            revert("2");
            other.sync.catchUp();

            assertThat(other.sync.current().routes())
                    .isEqualTo(admin.sync.current().routes());
            assertThat(other.call("POST", "/api/v1/revisions/2/restore").send().status())
                    .isEqualTo(200);
            assertThat(other.get("/api/v1/routes/users")
                            .json()
                            .at("/match/path")
                            .asText())
                    .isEqualTo("/people");
        }
    }

    private String configuration(long revision) throws Exception {
        return admin.get("/api/v1/revisions/" + revision + "/configuration").body();
    }

    private String state(long revision) throws Exception {
        return admin.get("/api/v1/revisions/" + revision).json().path("state").asText();
    }

    private Reply restore(String what) throws Exception {
        String query = what.contains("?") ? what.substring(what.indexOf('?')) : "";
        return admin.call("POST", "/api/v1/revisions/" + what.split("\\?", 2)[0] + "/restore" + query)
                .send();
    }

    private Reply revert(String number) throws Exception {
        return admin.call("POST", "/api/v1/revisions/" + number + "/revert").send();
    }
}
