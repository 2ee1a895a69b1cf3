package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that wait until every node serves them, on a node whose database knows of further nodes. */
class AppliedWaitTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private AdminApiHarness admin;

    @BeforeEach
    void open() throws Exception {
        admin = new AdminApiHarness(folder);
        awaitNodes("in-sync", 1);
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void aWriteThatEveryNodeServesKeepsItsAnswerAndCountsTheNodes() throws Exception {
        Reply created = admin.call("PUT", "/api/v1/routes/users?wait=applied").send(route("/users"));
        Reply deleted = admin.call("DELETE", "/api/v1/routes/users?wait=applied&timeout=20s")
                .send();

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.field("Pintle-Applied")).isEqualTo("1/1");
        assertThat(created.json().path("id").asText()).isEqualTo("users");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.field("Pintle-Applied")).isEqualTo("1/1");
        assertThat(admin.get("/__metrics").body()).contains("gateway_config_applied_seconds_count 2");
    }

    @Test
    void aNodeThatDoesNotFollowIsNamedWhenTheTimeIsOver() throws Exception {
        addNode("frozen", "now()", 0, "[]");

        Reply reply = admin.call("PUT", "/api/v1/routes/users?wait=applied&timeout=50ms")
                .send(route("/users"));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.field("Pintle-Applied")).isEqualTo("1/2");
        assertThat(reply.field("Pintle-Revision")).isEqualTo("1");
        assertThat(reply.json().path("revision").asLong()).isEqualTo(1);
        assertThat(reply.json().path("applied").asLong()).isEqualTo(1);
        assertThat(reply.json().at("/lagging/0/node").asText()).isEqualTo("frozen");
        assertThat(reply.json().at("/lagging/0/revision").asLong()).isZero();
        assertThat(reply.json().at("/lagging/0/state").asText()).isEqualTo("behind");
        assertThat(admin.get("/api/v1/routes/users").status()).isEqualTo(200);
    }

    @Test
    void aLostNodeIsNamedWithoutWaitingForIt() throws Exception {
        addNode("crashed", "now() - interval '11 seconds'", 0, "[]");

        Reply reply = admin.call("PUT", "/api/v1/routes/users?wait=applied&timeout=20s")
                .send(route("/users"));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().at("/lagging/0/state").asText()).isEqualTo("lost");
    }

    @Test
    void aNodeThatRejectsTheWrittenRouteHasNotAppliedIt() throws Exception {
        addNode("other", "now()", 9, "[{\"kind\": \"route\", \"id\": \"users\", \"reason\": \"no such certificate\"}]");

        Reply rejected = admin.call("PUT", "/api/v1/routes/users?wait=applied").send(route("/users"));
        Reply unrelated =
                admin.call("PUT", "/api/v1/routes/orders?wait=applied").send(route("/orders"));

        assertThat(rejected.status()).isEqualTo(202);
        assertThat(rejected.json().at("/lagging/0/state").asText()).isEqualTo("rejects");
        assertThat(unrelated.status()).isEqualTo(201);
        assertThat(unrelated.field("Pintle-Applied")).isEqualTo("2/2");
    }

    @Test
    void aWriteIsAnsweredWithTheKnownNodesWhenPostgresEndsRightAfterTheCommit() throws Exception {
        addNode("other", "now()", 0, "[]");
        awaitNodes("in-sync", 2);
        admin.line.refuseAfterCommitOf("update latest_revision");

        Reply reply = admin.call("PUT", "/api/v1/routes/users?wait=applied").send(route("/users"));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.field("Pintle-Applied")).isEqualTo("1/2");
        assertThat(reply.json().at("/lagging/0/node").asText()).isEqualTo("other");
        assertThat(admin.get("/api/v1/routes/users").status()).isEqualTo(200);
    }

    private void awaitNodes(String state, int count) {
        await().atMost(SOON)
                .until(() -> admin.get("/__metrics")
                        .body()
                        .contains("gateway_nodes{state=\"" + state + "\"} " + count + ".0"));
    }

    private void addNode(String name, String seen, long revision, String rejected) throws Exception {
        try (Connection connection = admin.database.configuration().listening().getConnection()) {
            connection.createStatement().execute("""
                insert into node (id, name, revision, source, rejected, seen)
                values (gen_random_uuid(), '%s', %d, 'database', '%s', %s)\
                """.formatted(name, revision, rejected, seen));
        }
    }
}
