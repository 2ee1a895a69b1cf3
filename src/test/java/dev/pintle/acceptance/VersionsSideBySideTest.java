package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.config.KeyDictionary;
import dev.pintle.routing.RouteSchema;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.NodeHeartbeat;
import dev.pintle.store.NodeIdentity;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import io.dropwizard.db.ManagedDataSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nodes of two versions over one database. The other node is its heartbeat. */
class VersionsSideBySideTest {
    private static final KeyDictionary KEYS = KeyDictionary.of(RouteSchema.SCHEMA);
    private static final UUID OTHER = UUID.randomUUID();
    private static final String DISCOVERY = """
            {"match": {"path": "/new"}, "upstream": {"discovery": {"dns": "users.invalid", "port": 80}}}""";
    private static final String TARGETS = """
            {"match": {"path": "/old"}, "upstream": {"targets": [{"url": "http://127.0.0.1:9"}]}}""";

    private static TestDatabase database;
    private static ManagedDataSource pool;
    private static Jdbi jdbi;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        database = TestPostgres.migratedDatabase();
        pool = database.pool();
        jdbi = Jdbi.create(pool);
        gateway = TestGateway.start(database, TestGateway.newFolder());
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        pool.stop();
    }

    @Test
    void aKeyThatALivingNodeDoesNotKnowIsRefusedUntilThatNodeIsGone() throws Exception {
        beat(without("route/upstream/discovery"), false);
        HttpResponse<String> refused = put("new", DISCOVERY);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("\"fleet-too-old\"", "\"nodes\":[\"old (0.9)\"]", "route/upstream/discovery of route");
        assertThat(put("old", TARGETS).statusCode())
                .as("keys that all nodes know")
                .isBetween(200, 201);
        beat(without("route/upstream/discovery"), true);
        assertThat(put("new", DISCOVERY).statusCode())
                .as("a node about to stop")
                .isEqualTo(201);
        assertThat(delete("new").statusCode()).isEqualTo(204);
        beat(without("route/upstream/discovery"), false);
        execute("update node set seen = now() - interval '11 seconds' where name = 'old'");
        assertThat(put("new", DISCOVERY).statusCode()).as("a lost node").isEqualTo(201);
        assertThat(delete("new").statusCode()).isEqualTo(204);
    }

    @Test
    void onlyTheDocumentsThatAWriteChangesAndThatTheNodeServesCount() throws Exception {
        execute("delete from node where name = 'old'");
        assertThat(put("present", DISCOVERY).statusCode()).isEqualTo(201);
        assertThat(put("moved", TARGETS.replace("/old", "/moved")).statusCode()).isEqualTo(201);
        beat(without("route/upstream/discovery"), false);

        HttpResponse<String> both = gateway.admin("POST", "/api/v1/changes", """
                {"edits": [{"put": %s}, {"put": %s}]}""".formatted(
                        withId("present", DISCOVERY), withId("moved", TARGETS.replace("/old", "/further"))));
        assertThat(both.statusCode()).as(both.body()).isEqualTo(200);
        assertThat(put("present", DISCOVERY.replace("/new", "/newer")).statusCode())
                .as("a change of a document that the node rejects already")
                .isEqualTo(200);
        assertThat(put("moved", DISCOVERY.replace("/new", "/moved")).statusCode())
                .isEqualTo(409);
        assertThat(delete("present").statusCode()).isEqualTo(204);
        assertThat(delete("moved").statusCode()).isEqualTo(204);
    }

    @Test
    void aRevertThatBringsAKeyBackIsRefusedUnlessItsRevisionIsUnconfirmed() throws Exception {
        execute("delete from node where name = 'old'");
        assertThat(put("new", DISCOVERY).statusCode()).isEqualTo(201);
        beat(without("route/upstream/discovery"), false);

        long deleted = latest() + 1;
        assertThat(delete("new").statusCode()).isEqualTo(204);
        assertThat(revert(deleted).body()).contains("\"fleet-too-old\"", "old (0.9)");
        execute("delete from node where name = 'old'");
        assertThat(revert(deleted).statusCode()).isEqualTo(200);

        beat(without("route/upstream/discovery"), false);
        HttpResponse<String> unconfirmed = putUnconfirmed("new", TARGETS.replace("/old", "/new"));
        assertThat(unconfirmed.statusCode()).as(unconfirmed.body()).isEqualTo(202);
        assertThat(revert(latest()).statusCode()).isEqualTo(200);
        assertThat(gateway.admin("GET", "/api/v1/routes/new", "").body()).contains("users.invalid");
        assertThat(delete("new").statusCode()).isEqualTo(204);
    }

    @Test
    void aPreviewWithAKeyThatALivingNodeDoesNotKnowIsRefusedWhileARevisionIsUnconfirmed() throws Exception {
        beat(without("route/upstream/discovery"), false);
        assertThat(putUnconfirmed("waiting", TARGETS.replace("/old", "/waiting"))
                        .statusCode())
                .isEqualTo(202);

        HttpResponse<String> preview =
                gateway.admin("POST", "/api/v1/changes?dryRun=true", """
                {"edits": [{"put": %s}]}""".formatted(withId("new", DISCOVERY)));
        assertThat(preview.body()).contains("\"fleet-too-old\"", "old (0.9)");
        assertThat(revert(latest()).statusCode()).isEqualTo(200);
    }

    @Test
    void aNodeOfAVersionThatReportsNoKeysKnowsThoseOfItsTime() {
        execute("insert into node (id, name, version) values (gen_random_uuid(), 'ancient', '0.1')");
        assertThat(put("new", DISCOVERY).body()).contains("ancient (0.1)");
        assertThat(put("old", TARGETS).statusCode()).isBetween(200, 201);
        execute("delete from node where name = 'ancient'");
    }

    @Test
    void thisVersionServesAndWritesUnderTheSchemaOfALaterOne() throws Exception {
        TestDatabase later = TestPostgres.migratedDatabase();
        try (RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "served"));
                TestGateway running = TestGateway.start(later, TestGateway.newFolder())) {
            running.route("users", "/users", upstream.url());
            ManagedDataSource direct = later.pool();
            Jdbi.create(direct).useHandle(handle -> {
                handle.execute("alter table route add column later text");
                handle.execute("alter table node add column later text not null default 'x'");
                handle.execute("""
                        insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,
                            installed_by, execution_time, success)
                        values (1000, '1000', 'of a later version', 'SQL', 'V1000__of_a_later_version.sql', 0, 'postgres',
                            0, true)""");
                // The later node wrote a document with a key of its own.
                new ClusterStore(Jdbi.create(direct))
                        .beat(heartbeat(KeyDictionary.parse(KEYS.text() + "\nroute/later"), false));
            });
            running.route("more", "/more", upstream.url());
            assertThat(running.get("/more").body()).isEqualTo("served");
            try (TestGateway starting = TestGateway.start(later, TestGateway.newFolder())) {
                assertThat(starting.get("/users").body())
                        .as("a node that starts then")
                        .isEqualTo("served");
                starting.route("third", "/third", upstream.url());
                assertThat(starting.get("/third").body()).isEqualTo("served");
            }
            direct.stop();
        }
    }

    private static KeyDictionary without(String prefix) {
        return KeyDictionary.parse(
                KEYS.text().lines().filter(path -> !path.startsWith(prefix)).collect(Collectors.joining("\n")));
    }

    private static void beat(KeyDictionary keys, boolean draining) throws Exception {
        new ClusterStore(jdbi).beat(heartbeat(keys, draining));
    }

    private static NodeHeartbeat heartbeat(KeyDictionary keys, boolean draining) {
        return new NodeHeartbeat(
                new NodeIdentity(OTHER, "old", "0.9", keys), 1, "", "database", List.of(), draining, null);
    }

    private static HttpResponse<String> put(String id, String document) {
        return gateway.admin("PUT", "/api/v1/routes/" + id, document);
    }

    private static HttpResponse<String> putUnconfirmed(String id, String document) throws Exception {
        return TestGateway.send(HttpRequest.newBuilder(URI.create(gateway.adminUrl() + "/api/v1/routes/" + id))
                .header("Authorization", "Bearer " + TestGateway.TOKEN)
                .header("Content-Type", "application/json")
                .header("Pintle-Confirm", "1h")
                .PUT(HttpRequest.BodyPublishers.ofString(document))
                .build());
    }

    private static String withId(String id, String document) {
        return document.replaceFirst("\\{", "{\"id\": \"" + id + "\", ");
    }

    private static HttpResponse<String> revert(long revision) {
        return gateway.admin("POST", "/api/v1/revisions/" + revision + "/revert", "");
    }

    private static long latest() {
        return jdbi.withHandle(handle -> handle.select("select number from latest_revision")
                .mapTo(long.class)
                .one());
    }

    private static HttpResponse<String> delete(String id) {
        return gateway.admin("DELETE", "/api/v1/routes/" + id, "");
    }

    private static void execute(String sql) {
        jdbi.useHandle(handle -> handle.execute(sql));
    }
}
