package dev.pintle.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.crypto.Sha256;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** A schema with data of the oldest version is migrated to the newest, and a gateway serves that data. */
class SchemaUpgradeTest {
    private static final String KEY = "a-key-of-another-system";

    @Test
    void aGatewayServesTheDataOfEveryEarlierSchema() throws Exception {
        TestDatabase database = TestPostgres.newDatabase();
        try (RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"))) {
            Map<String, Long> written = new TreeMap<>();
            for (Map.Entry<String, String> step : rows(upstream.url()).entrySet()) {
                migrate(database, step.getKey());
                written.putAll(insert(database, step.getValue()));
            }
            assertThat(written).hasSizeGreaterThan(12).doesNotContainValue(0L);
            migrate(database, "latest");
            assertThat(counts(database)).containsAllEntriesOf(written);

            try (TestGateway gateway = TestGateway.start(database, TestGateway.newFolder())) {
                assertThat(gateway.get("/old").body()).isEqualTo("hello");
                assertThat(gateway.get("/keys").statusCode()).isEqualTo(401);
                assertThat(gateway.get("/keys", "X-API-Key", KEY).body()).isEqualTo("hello");
                assertThat(gateway.get("/closed").statusCode()).isEqualTo(503);
                assertThat(gateway.get("/forced").body()).contains("circuit-open");
                assertThat(revision(gateway, 1)).contains("\"author\":\"ada\"", "\"cause\":\"edit\"", "first");
                assertThat(revision(gateway, 2)).contains("\"cause\":\"import\"");
                assertThat(gateway.admin("GET", "/api/v1/audit", "").body()).contains("\"author\":\"ada\"");

                gateway.route("new", "/new", upstream.url());
                assertThat(gateway.get("/new").body()).isEqualTo("hello");
            }
        }
    }

    /** The rows that a node of each version writes, by version. */
    private static Map<String, String> rows(String upstream) {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("1", """
                insert into revision (number, author, reason) values (1, 'ada', 'first'), (2, 'routes import', null);
                insert into change (revision, kind, id, after) values (1, 'route', 'old', '%1$s'), (2, 'route', 'forced', '%2$s');
                insert into route (id, document, match_key, revision)
                    values ('old', '%1$s', 'key-of-old', 1), ('forced', '%2$s', 'key-of-forced', 2), ('closed', '%3$s', 'key-of-closed', 2);
                update defaults set document = '{"timeout": {"total": "20s"}}', revision = 2;
                update latest_revision set number = 2;""".formatted(
                        route("old", upstream, ""), route("forced", upstream, ""), route("closed", upstream, "")));
        rows.put("2", """
                insert into forced_circuit (route, state, until, reason, author)
                    values ('forced', 'open', now() + interval '1 hour', 'a test', 'ada');
                insert into limit_reset (route, bucket, author) values ('old', 'client', 'ada');
                insert into node (id) values (gen_random_uuid());""");
        rows.put("6", """
                insert into entity (kind, id, document, revision) values ('consumer', 'acme', '{"id": "acme"}', 2);
                insert into route (id, document, match_key, revision) values ('keys', '%s', 'key-of-keys', 2);""".formatted(route("keys", upstream, ", \"authentication\": {\"anyOf\": [\"apiKey\"]}")));
        rows.put("7", """
                insert into credential (id, consumer, kind, name, hash) values ('abcdef', 'acme', 'foreign-key', 'old', '%s');
                update credential_version set number = 2;""".formatted(Sha256.hex(KEY)));
        rows.put("9", """
                insert into audit (number, at, author, outcome, routes, hash) values (1, now(), 'ada', 'done', '{old}', 'x');
                update audit_head set number = 1, hash = 'x';""");
        rows.put("10", """
                insert into maintenance (route, until, reason, author, allow)
                    values ('closed', now() + interval '1 hour', 'a test', 'ada', '[]');""");
        return rows;
    }

    private static String route(String id, String upstream, String more) {
        return """
                {"id": "%1$s", "match": {"path": "/%1$s"}, "upstream": {"targets": [{"url": "%2$s"}]}%3$s}""".formatted(id, upstream, more);
    }

    private static void migrate(TestDatabase database, String version) {
        Flyway.configure()
                .loggers(FlywayLogAdapter.Creator.class.getName())
                .dataSource(database.configuration().migrating())
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
    }

    /** Inserts rows and returns the number of rows of each table. */
    private static Map<String, Long> insert(TestDatabase database, String rows) {
        Jdbi.create(database.configuration().migrating())
                .useHandle(handle -> handle.createScript(rows).execute());
        return counts(database);
    }

    private static Map<String, Long> counts(TestDatabase database) {
        return Jdbi.create(database.configuration().migrating()).withHandle(SchemaUpgradeTest::counts);
    }

    private static Map<String, Long> counts(Handle handle) {
        Map<String, Long> counts = new TreeMap<>();
        handle.select("""
                        select table_name from information_schema.tables
                        where table_schema = 'public' and table_name <> 'flyway_schema_history'""")
                .mapTo(String.class)
                .forEach(table -> counts.put(
                        table,
                        handle.select("select count(*) from " + table)
                                .mapTo(Long.class)
                                .one()));
        return counts;
    }

    private static String revision(TestGateway gateway, int number) throws Exception {
        return new ObjectMapper()
                .readTree(
                        gateway.admin("GET", "/api/v1/revisions/" + number, "").body())
                .toString();
    }
}
