package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.object;
import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import dev.pintle.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin API while PostgreSQL is unavailable. */
class DatabaseOutageTest {
    private AdminApiHarness admin;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
        admin.put("kept", route("/kept"));
        admin.line.refuse();
    }

    @AfterEach
    void close() throws Exception {
        admin.close();
    }

    @Test
    void writesAreRefusedCompletelyWithRetryAfter() throws Exception {
        Reply[] refusals = {
            admin.put("new", route("/new")),
            admin.call("POST", "/api/v1/routes").send(route("/new")),
            admin.call("PATCH", "/api/v1/routes/kept").send("{\"enabled\": false}"),
            admin.call("DELETE", "/api/v1/routes/kept").send(),
            admin.call("PUT", "/api/v1/defaults").send("{\"maxRequestBody\": \"1MiB\"}"),
            admin.call("POST", "/api/v1/changes").send("{\"edits\": [{\"delete\": \"kept\"}]}"),
            admin.call("POST", "/api/v1/revisions/1/restore").send(),
            admin.call("POST", "/api/v1/revisions/1/revert").send()
        };

        for (Reply refused : refusals) {
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("store-unavailable");
            assertThat(Integer.parseInt(refused.field("Retry-After"))).isPositive();
            assertThat(refused.body()).doesNotContain("127.0.0.1", "localhost");
        }
        admin.line.heal();
        assertThat(admin.store.readAll().revision()).isEqualTo(1);
        Awaitility.await()
                .untilAsserted(() -> assertThat(audited("503 store-unavailable"))
                        .as("attempts that the node held")
                        .isEqualTo(refusals.length));
        assertThat(admin.get("/api/v1/audit/verify").json().path("intact").asBoolean())
                .isTrue();
    }

    @Test
    void aWriteThatPostgresqlCommitsBeforeItFailsHasOneRow() throws Exception {
        admin.line.heal();
        Awaitility.await().until(() -> admin.sync.status().databaseUp());
        admin.line.refuseAfterCommitOf("insert into revision");

        assertThat(admin.put("last", route("/last")).status()).isEqualTo(201);

        admin.line.heal();
        admin.put("next", route("next"));
        Awaitility.await()
                .untilAsserted(() -> assertThat(audited("422 invalid")).isEqualTo(1));
        JsonNode rows = admin.get("/api/v1/audit?route=last").json().path("entries");
        assertThat(rows).hasSize(1);
        assertThat(rows.path(0).path("revision").asLong()).isEqualTo(2);
    }

    private long audited(String answer) throws Exception {
        JsonNode entries = admin.get("/api/v1/audit").json().path("entries");
        return StreamSupport.stream(entries.spliterator(), false)
                .filter(entry -> answer.equals(
                        entry.path("status").asText() + ' ' + entry.path("code").asText()))
                .count();
    }

    @Test
    void violationsOfADocumentAreStillReported() throws Exception {
        assertThat(admin.put("new", route("new")).status()).isEqualTo(422);
        assertThat(admin.call("POST", "/api/v1/routes/validate")
                        .send(route("new"))
                        .pointers())
                .containsExactly("/match/path");
    }

    @Test
    void theHistoryIsUnavailable() throws Exception {
        for (String path : new String[] {"revisions", "revisions/1", "revisions/1/configuration", "diff"}) {
            Reply refused = admin.get("/api/v1/" + path);
            assertThat(refused.status()).as(path).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("store-unavailable");
        }
    }

    @Test
    void readsStillWork() throws Exception {
        assertThat(admin.get("/api/v1/routes/kept").json()).isEqualTo(object(route("/kept", ", \"id\": \"kept\"")));
        assertThat(admin.get("/api/v1/routes").json().path("routes")).hasSize(1);
        assertThat(admin.get("/api/v1/defaults").status()).isEqualTo(200);
    }

    @Test
    void healthIsDegradedUntilPostgresReturns() throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Reply health = admin.get("/__health");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().path("status").asText()).isEqualTo("degraded");
            assertThat(health.json().path("database").asText()).isEqualTo("down");
        });

        admin.line.heal();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                admin.get("/__health").json().path("status").asText())
                        .isEqualTo("up"));
    }

    @Test
    void writesWorkAgainWhenPostgresReturns() throws Exception {
        assertThat(admin.put("new", route("/new")).status()).isEqualTo(503);

        admin.line.heal();

        assertThat(admin.put("new", route("/new")).status()).isEqualTo(201);
    }

    @Test
    void aReadOnlyDatabaseDegradesHealthUntilItAcceptsWrites() throws Exception {
        admin.line.heal();
        String database = admin.query("select current_database()");
        readOnly(database, "on");
        try {
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                JsonNode health = admin.get("/__health").json();
                assertThat(health.path("status").asText()).isEqualTo("degraded");
                assertThat(health.path("database").asText()).isEqualTo("read-only");
                assertThat(health.at("/reasons/0").asText()).contains("read-only");
            });
            assertThat(admin.put("new", route("/new")).status()).isEqualTo(503);
        } finally {
            readOnly(database, "off");
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                admin.get("/__health").json().path("status").asText())
                        .isEqualTo("up"));
        assertThat(admin.put("new", route("/new")).status()).isEqualTo(201);
    }

    /**
     * Changes the mode of new sessions. Open sessions keep theirs: the first change ends them, the second leaves them
     * to the node.
     */
    private static void readOnly(String database, String mode) {
        TestPostgres.execute("alter database " + database + " set default_transaction_read_only = " + mode);
        if (mode.equals("on")) {
            TestPostgres.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database + "'");
        }
    }
}
