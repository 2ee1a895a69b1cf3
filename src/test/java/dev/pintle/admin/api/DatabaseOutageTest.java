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

/** The desk while PostgreSQL is away. */
class DatabaseOutageTest {
    private AdminApiHarness desk;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        desk = new AdminApiHarness(folder);
        desk.put("kept", route("/kept"));
        desk.line.refuse();
    }

    @AfterEach
    void close() throws Exception {
        desk.close();
    }

    @Test
    void writesAreRefusedForAWhileAndNothingIsHalfDone() throws Exception {
        Reply[] refusals = {
            desk.put("new", route("/new")),
            desk.call("POST", "/api/v1/routes").send(route("/new")),
            desk.call("PATCH", "/api/v1/routes/kept").send("{\"enabled\": false}"),
            desk.call("DELETE", "/api/v1/routes/kept").send(),
            desk.call("PUT", "/api/v1/defaults").send("{\"maxRequestBody\": \"1MiB\"}"),
            desk.call("POST", "/api/v1/changes").send("{\"edits\": [{\"delete\": \"kept\"}]}"),
            desk.call("POST", "/api/v1/revisions/1/restore").send(),
            desk.call("POST", "/api/v1/revisions/1/revert").send()
        };

        for (Reply refused : refusals) {
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("store-unavailable");
            assertThat(Integer.parseInt(refused.field("Retry-After"))).isPositive();
            assertThat(refused.body()).doesNotContain("127.0.0.1", "localhost");
        }
        desk.line.heal();
        assertThat(desk.store.readAll().revision()).isEqualTo(1);
        Awaitility.await()
                .untilAsserted(() -> assertThat(audited("503 store-unavailable"))
                        .as("attempts that the node held")
                        .isEqualTo(refusals.length));
        assertThat(desk.get("/api/v1/audit/verify").json().path("intact").asBoolean())
                .isTrue();
    }

    @Test
    void aWriteThatPostgresqlCommitsBeforeItFailsHasOneRow() throws Exception {
        desk.line.heal();
        Awaitility.await().until(() -> desk.sync.status().databaseUp());
        desk.line.refuseAfterCommitOf("insert into revision");

        assertThat(desk.put("last", route("/last")).status()).isEqualTo(201);

        desk.line.heal();
        desk.put("next", route("next"));
        Awaitility.await()
                .untilAsserted(() -> assertThat(audited("422 invalid")).isEqualTo(1));
        JsonNode rows = desk.get("/api/v1/audit?route=last").json().path("entries");
        assertThat(rows).hasSize(1);
        assertThat(rows.path(0).path("revision").asLong()).isEqualTo(2);
    }

    private long audited(String answer) throws Exception {
        JsonNode entries = desk.get("/api/v1/audit").json().path("entries");
        return StreamSupport.stream(entries.spliterator(), false)
                .filter(entry -> answer.equals(
                        entry.path("status").asText() + ' ' + entry.path("code").asText()))
                .count();
    }

    @Test
    void faultsOfADocumentAreToldAllTheSame() throws Exception {
        assertThat(desk.put("new", route("new")).status()).isEqualTo(422);
        assertThat(desk.call("POST", "/api/v1/routes/validate")
                        .send(route("new"))
                        .pointers())
                .containsExactly("/match/path");
    }

    @Test
    void theHistoryIsUnavailable() throws Exception {
        for (String path : new String[] {"revisions", "revisions/1", "revisions/1/configuration", "diff"}) {
            Reply refused = desk.get("/api/v1/" + path);
            assertThat(refused.status()).as(path).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("store-unavailable");
        }
    }

    @Test
    void readsGoOn() throws Exception {
        assertThat(desk.get("/api/v1/routes/kept").json()).isEqualTo(object(route("/kept", ", \"id\": \"kept\"")));
        assertThat(desk.get("/api/v1/routes").json().path("routes")).hasSize(1);
        assertThat(desk.get("/api/v1/defaults").status()).isEqualTo(200);
    }

    @Test
    void healthSaysSoUntilPostgresIsBack() throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Reply health = desk.get("/__health");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().path("status").asText()).isEqualTo("degraded");
            assertThat(health.json().path("database").asText()).isEqualTo("down");
        });

        desk.line.heal();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                desk.get("/__health").json().path("status").asText())
                        .isEqualTo("up"));
    }

    @Test
    void writingGoesOnWhenPostgresIsBack() throws Exception {
        assertThat(desk.put("new", route("/new")).status()).isEqualTo(503);

        desk.line.heal();

        assertThat(desk.put("new", route("/new")).status()).isEqualTo(201);
    }

    @Test
    void aDatabaseThatTurnsReadOnlyDegradesHealthUntilItTakesWritesAgain() throws Exception {
        desk.line.heal();
        String database = desk.query("select current_database()");
        readOnly(database, "on");
        try {
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                JsonNode health = desk.get("/__health").json();
                assertThat(health.path("status").asText()).isEqualTo("degraded");
                assertThat(health.path("database").asText()).isEqualTo("read-only");
                assertThat(health.at("/reasons/0").asText()).contains("read-only");
            });
            assertThat(desk.put("new", route("/new")).status()).isEqualTo(503);
        } finally {
            readOnly(database, "off");
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                desk.get("/__health").json().path("status").asText())
                        .isEqualTo("up"));
        assertThat(desk.put("new", route("/new")).status()).isEqualTo(201);
    }

    /** Sessions that are open keep their mode: the first change ends them, the second leaves them to the node. */
    private static void readOnly(String database, String mode) {
        TestPostgres.execute("alter database " + database + " set default_transaction_read_only = " + mode);
        if (mode.equals("on")) {
            TestPostgres.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database + "'");
        }
    }
}
