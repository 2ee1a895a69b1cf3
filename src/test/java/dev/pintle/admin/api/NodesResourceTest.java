package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The admin API of each node lists the nodes of the cluster. */
class NodesResourceTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void everyNodeIsListedWithWhatItServes() throws Exception {
        TestDatabase database = TestPostgres.migratedDatabase();
        try (TestGateway one = node(database, "one");
                TestGateway two = node(database, "two")) {
            one.route("users", "/users", "http://127.0.0.1:9");

            await().atMost(SOON).until(() -> states(two).equals(List.of("in-sync", "in-sync")));

            JsonNode answer = nodes(two);
            assertThat(answer.path("latest").asLong()).isEqualTo(1);
            JsonNode first = answer.path("nodes").path(0);
            JsonNode second = answer.path("nodes").path(1);
            assertThat(first.path("name").asText()).isEqualTo("one");
            assertThat(first.path("revision").asLong()).isEqualTo(1);
            assertThat(first.path("source").asText()).isEqualTo("database");
            assertThat(first.path("version").asText()).isEqualTo("development");
            assertThat(first.path("digest").asText())
                    .matches("sum-[0-9a-f]{64}")
                    .isEqualTo(second.path("digest").asText());
            assertThat(first.path("id").asText()).isNotEqualTo(second.path("id").asText());
            assertThat(first.path("rejected")).isEmpty();
            await().atMost(SOON).until(() -> one.metric("gateway_nodes{state=\"in-sync\"}") == 2);
            assertThat(one.metric("gateway_nodes{state=\"lost\"}")).isZero();
        }
    }

    @Test
    void aNodeThatRejectsADocumentIsListedWithTheReason() throws Exception {
        TestDatabase database = TestPostgres.migratedDatabase();
        try (TestGateway node = node(database, "one")) {
            node.route("users", "/users", "http://127.0.0.1:9");
            execute(database, """
                    update route set document = '{"id": "users"}'; update latest_revision set number = 2""");

            await().atMost(SOON).until(() -> states(node).equals(List.of("rejects")));

            JsonNode rejected =
                    nodes(node).path("nodes").path(0).path("rejected").path(0);
            assertThat(rejected.path("kind").asText()).isEqualTo("route");
            assertThat(rejected.path("id").asText()).isEqualTo("users");
            assertThat(rejected.path("reason").asText()).isNotEmpty();
        }
    }

    @Test
    void differentDocumentsUnderOneRevisionAreReported() throws Exception {
        TestDatabase database = TestPostgres.migratedDatabase();
        try (TestGateway node = node(database, "one")) {
            node.route("users", "/users", "http://127.0.0.1:9");
            execute(database, """
                    insert into node (id, name, revision, digest, source, rejected)
                    values (gen_random_uuid(), 'two', 1, 'sum-other', 'database', '[]')""");

            await().atMost(SOON).until(() -> states(node).equals(List.of("in-sync", "differs")));
        }
    }

    private static TestGateway node(TestDatabase database, String name) {
        return TestGateway.start(database, TestGateway.newFolder(), "nodeName=" + name);
    }

    private static List<String> states(TestGateway node) throws Exception {
        return nodes(node).path("nodes").findValuesAsText("state");
    }

    private static JsonNode nodes(TestGateway node) throws Exception {
        HttpResponse<String> response = node.admin("GET", "/api/v1/nodes", "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    private static void execute(TestDatabase database, String sql) throws Exception {
        try (Connection connection = database.configuration().listening().getConnection()) {
            connection.createStatement().execute(sql);
        }
    }
}
