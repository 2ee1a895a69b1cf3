package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.crypto.Sha256;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node beside one of another version, which these tests replace by the statements that it sends. */
class MixedVersionsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int CLOSED_PORT = 1;
    private static final String KEYS = "{\"authentication\": {\"anyOf\": [\"apiKey\"]}}";

    private TestDatabase database;
    private RawUpstream upstream;
    private TestGateway node;

    @BeforeEach
    void open() {
        database = TestPostgres.migratedDatabase();
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        node = TestGateway.start(database, TestGateway.newFolder());
    }

    @AfterEach
    void close() {
        node.close();
        upstream.close();
    }

    @Test
    void theWritesOfAnEarlierVersionAreServedListedAndTakenBack() throws Exception {
        execute("""
            insert into node (id, name, version, revision, digest, source, rejected)
                values (gen_random_uuid(), 'earlier', '0.9', 1, repeat('a', 64), 'database', '[]');
            update latest_revision set number = 1;
            insert into revision (number, author, reason) values (1, 'ada', 'by the earlier version');
            insert into change (revision, kind, id, after) values (1, 'route', 'old', '%1$s');
            insert into route (id, document, match_key, revision) values ('old', '%1$s', 'another key', 1);
            select pg_notify('pintle_revision', '1')\
            """.formatted(route("old", "")));

        await().atMost(SOON).until(() -> node.get("/old").statusCode() == 200);
        await().atMost(SOON).until(() -> states().equals("in-sync in-sync"));
        node.route("old", "/moved", upstream.url());
        assertThat(node.get("/old").statusCode()).isEqualTo(404);

        assertThat(node.admin("GET", "/api/v1/revisions/1", "").body()).contains("by the earlier version");
        assertThat(node.admin("POST", "/api/v1/revisions/1/restore", "").statusCode())
                .isEqualTo(200);
        assertThat(node.get("/old").statusCode()).isEqualTo(200);
        assertThat(node.admin("POST", "/api/v1/revisions/3/revert", "").statusCode())
                .isEqualTo(200);
        assertThat(node.get("/moved").statusCode()).isEqualTo(200);
    }

    @Test
    void theRowsOfALaterVersionDisturbNoOtherRoute() throws Exception {
        node.route("kept", "/kept", upstream.url());

        execute("""
            alter table node add column zone text;
            alter table revision add column ticket text;
            alter table route add column zone text;
            alter table entity drop constraint entity_kind_check;
            alter table change drop constraint change_kind_check;
            alter table revision drop constraint revision_cause_check;
            alter table revision drop constraint revision_state_check;
            insert into node (id, name, version, revision, digest, source, rejected, zone)
                values (gen_random_uuid(), 'later', '9.0', 2, 'new-a', 'database', '[]', 'z');
            update latest_revision set number = 2;
            insert into revision (number, author, ticket, cause, state) values (2, 'ada', 't', 'merge', 'staged');
            insert into change (revision, kind, id, after)
                values (2, 'route', 'new', '%1$s'), (2, 'route', 'plain', '%2$s'), (2, 'plugin', 'p', '{"id": "p"}');
            insert into route (id, document, match_key, revision, zone)
                values ('new', '%1$s', 'a key', 2, 'z'), ('plain', '%2$s', 'b key', 2, 'z');
            insert into entity (kind, id, document, revision) values ('plugin', 'p', '{"id": "p"}', 2);
            select pg_notify('pintle_revision', '2 report later')\
            """.formatted(route("new", ", \"quantum\":" + " {\"bits\":" + " 8}"), route("plain", "")));

        await().atMost(SOON).until(() -> node.get("/plain").statusCode() == 200);
        assertThat(node.get("/kept").statusCode()).isEqualTo(200);
        assertRejected(node.get("/new"));
        await().atMost(SOON).until(() -> states().contains("rejects"));
        assertThat(node.admin("GET", "/api/v1/nodes", "").body()).contains("quantum");
        assertThat(node.admin("GET", "/api/v1/revisions", "").body())
                .contains("\"plugin\"", "\"cause\":\"merge\"", "\"state\":\"live\"");
        node.route("kept", "/kept-too", upstream.url());
        assertThat(node.get("/kept-too").statusCode()).isEqualTo(200);
    }

    @Test
    void aCredentialOfALaterVersionHidesNoOther() {
        node.admin("PUT", "/api/v1/consumers/acme", "{}");
        node.route("keys", "/keys", upstream.url(), ", \"authentication\": {\"anyOf\": [\"apiKey\"]}");

        execute("""
            alter table credential drop constraint credential_kind_check;
            insert into credential (id, consumer, kind, name, hash)
                values ('aaa', 'acme', 'passkey', 'new', 'x'), ('abcdef', 'acme', 'foreign-key', 'old', '%s');
            update credential_version set number = number + 1;
            select pg_notify('pintle_revision', 'credentials')\
            """.formatted(Sha256.hex("a-key-of-another-system")));

        await().atMost(SOON)
                .until(() -> node.get("/keys", "X-API-Key", "a-key-of-another-system")
                                .statusCode()
                        == 200);
        assertThat(node.admin("GET", "/api/v1/consumers/acme/keys", "").body())
                .contains("abcdef")
                .doesNotContain("passkey");
    }

    @Test
    void theInheritedAuthenticationStaysWhenTheDefaultsAreOfALaterVersion() throws Exception {
        node.admin("PUT", "/api/v1/defaults", KEYS);
        node.route("old", "/old", upstream.url());
        assertThat(node.get("/old").statusCode()).isEqualTo(401);

        rejectDefaults("{\"authentication\": {\"anyOf\": [\"apiKey\"]}, \"quantum\": {\"bits\": 8}}");

        await().atMost(SOON).until(() -> states().contains("rejects"));
        assertThat(node.get("/old").statusCode()).isEqualTo(401);
        assertThat(node.get("/__ready").statusCode()).isEqualTo(200);
        assertThat(node.admin("GET", "/__health", "").body()).contains("degraded", "quantum", "last valid ones");
        assertRejected(node.get("/new"));

        assertThat(node.admin("PUT", "/api/v1/defaults", KEYS).statusCode()).isEqualTo(200);
        assertThat(node.get("/old").statusCode()).isEqualTo(401);
        assertThat(node.get("/new").statusCode()).isEqualTo(401);
        await().atMost(SOON).until(() -> states().equals("in-sync"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"authentication\": {\"anyOf\": [\"quantum\"]}}", "[1]"})
    void aNodeThatNeverKnewValidDefaultsAnswersNoRequest(String document) throws Exception {
        node.admin("PUT", "/api/v1/defaults", KEYS);
        node.route("old", "/old", upstream.url());
        rejectDefaults(document);
        Path folder = TestGateway.newFolder();

        try (TestGateway fresh = TestGateway.start(database, folder)) {
            assertRejected(fresh.get("/old"));
            assertRejected(fresh.get("/new"));
            assertThat(fresh.get("/__ready").statusCode()).isEqualTo(503);
            assertThat(fresh.admin("GET", "/__ready", "").body()).isEqualTo("{\"status\":\"rejecting\"}");
            assertThat(fresh.admin("POST", "/api/v1/explain", "{\"method\": \"GET\", \"url\": \"http://any.test/old\"}")
                            .body())
                    .contains("\"route\":\"old\"", "\"refused\":\"configuration-rejected: ")
                    .doesNotContain("\"access\"");
            try (RawHttp2Client client = RawHttp2Client.to(fresh.port())) {
                assertThat(client.request(
                                        1,
                                        RawHttp2Client.END_STREAM,
                                        "POST",
                                        "/old",
                                        "content-type",
                                        "application/grpc")
                                .answer(1)
                                .fields())
                        .containsEntry("grpc-status", "14");
            }
            try (RawClient client = fresh.connect()) {
                client.send("""
                        GET /old HTTP/1.1
                        Host: h
                        Upgrade: websocket
                        Connection: Upgrade
                        Sec-WebSocket-Version: 13
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                        """.replace("\n", "\r\n"));
                assertThat(client.head()).startsWith("HTTP/1.1 503 ");
            }
        }
        try (TestGateway restarted = TestGateway.start(database.through(CLOSED_PORT), folder)) {
            assertThat(restarted.admin("GET", "/__health", "").body()).contains("from its snapshot");
            assertRejected(restarted.get("/old"));
            assertThat(restarted.get("/__ready").statusCode()).isEqualTo(503);
        }
        assertThat(upstream.requests()).isEmpty();
    }

    private static void assertRejected(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("\"code\":\"configuration-rejected\"");
        assertThat(response.headers().firstValue("Proxy-Status"))
                .hasValueSatisfying(status -> assertThat(status).contains("error=proxy_configuration_error"));
    }

    /** Replaces the defaults by those of another version, and adds a route in the same revision. */
    private void rejectDefaults(String document) {
        execute("""
                alter table defaults drop constraint defaults_document_check;
                update latest_revision set number = 3;
                insert into revision (number, author, reason) values (3, 'ada', 'by the later version');
                insert into change (revision, kind, id, after) values (3, 'route', 'new', '%1$s');
                insert into route (id, document, match_key, revision) values ('new', '%1$s', 'another key', 3);
                update defaults set document = '%2$s', revision = 3;
                select pg_notify('pintle_revision', '3')""".formatted(route("new", ""), document));
    }

    private String states() throws Exception {
        return String.join(
                " ",
                new ObjectMapper()
                        .readTree(node.admin("GET", "/api/v1/nodes", "").body())
                        .path("nodes")
                        .findValuesAsText("state"));
    }

    private String route(String id, String more) {
        return """
            {"id": "%1$s", "match": {"path": "/%1$s"}, "upstream": {"targets": [{"url": "%2$s"}]}%3$s}\
            """.formatted(id, upstream.url(), more);
    }

    private void execute(String statements) {
        Jdbi.create(database.configuration().migrating())
                .useTransaction(handle -> handle.createScript(statements).execute());
    }
}
