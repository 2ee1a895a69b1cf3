package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes, and the credentials of a consumer whose deletion waits for its confirmation. */
class CredentialsOfDeletedConsumersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("acme:correct horse".getBytes(StandardCharsets.UTF_8));

    private final TestDatabase database = TestPostgres.migratedDatabase();
    private final Jdbi jdbi = Jdbi.create(database.configuration().migrating());

    private RawUpstream upstream;
    private TestGateway one;
    private TestGateway two;
    private String key;
    private long deletion;

    /** Consumer acme has a key and a password, and passes both nodes with them; then it is deleted, unconfirmed. */
    @BeforeEach
    void deleteAConsumer() throws Exception {
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        one = TestGateway.start(database, TestGateway.newFolder());
        two = TestGateway.start(database, TestGateway.newFolder());
        one.route("users", "/users", upstream.url(), ", \"authentication\": {\"anyOf\": [\"apiKey\", \"basic\"]}");
        createConsumer();
        key = json(one.admin("POST", "/api/v1/consumers/acme/keys", "{}"))
                .path("key")
                .asText();
        one.admin("PUT", "/api/v1/consumers/acme/password", "{\"password\": \"correct horse\"}");
        awaitAccess(200);

        HttpResponse<String> deleted =
                TestGateway.send(HttpRequest.newBuilder(URI.create(one.adminUrl() + "/api/v1/consumers/acme"))
                        .header("Authorization", "Bearer " + TestGateway.TOKEN)
                        .header("Pintle-Confirm", "1h")
                        .DELETE()
                        .build());
        assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(202);
        deletion = json(deleted).path("revision").asLong();
        assertThat(withKey(one)).isEqualTo(401);
        awaitAccess(401);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        upstream.close();
    }

    @Test
    void theyReturnWhenTheDeletionRevertsAtItsDeadline() {
        jdbi.useHandle(handle -> handle.execute("update latest_revision set reverts_at = now()"));

        awaitAccess(200);
        assertThat(two.admin("GET", "/api/v1/consumers/acme/keys", "").body()).contains("\"created\"");
    }

    @Test
    void theyReturnAtOnceWhenAnOperatorRevertsTheDeletion() {
        HttpResponse<String> reverted = two.admin("POST", "/api/v1/revisions/" + deletion + "/revert", "");

        assertThat(reverted.statusCode()).as(reverted.body()).isEqualTo(200);
        assertThat(withKey(two)).isEqualTo(200);
        awaitAccess(200);
    }

    @Test
    void aConfirmationEndsThemForGoodOnEveryNode() throws Exception {
        assertThat(credentials()).isEqualTo(2);
        assertThat(two.admin("POST", "/api/v1/revisions/" + deletion + "/confirm", "")
                        .statusCode())
                .isEqualTo(200);

        assertThat(credentials()).isZero();
        createConsumer();
        awaitAccess(401);
        assertThat(one.admin("POST", "/api/v1/revisions/" + deletion + "/revert", "")
                        .statusCode())
                .isEqualTo(409);
        assertThat(credentials()).isZero();
    }

    @Test
    void aConfirmationByANodeOfThePreviousVersionEndsThemToo() {
        jdbi.useTransaction(handle -> {
            handle.execute("update latest_revision set reverts_at = null, earlier_match_keys = null, guard = null");
            handle.execute("update revision set state = 'confirmed' where number = ?", deletion);
            handle.execute("select pg_notify('pintle_revision', 'confirmed')");
        });

        assertThat(credentials()).isZero();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> one.admin("PUT", "/api/v1/consumers/acme", "{}").statusCode() == 201);
        awaitAccess(401);
    }

    @Test
    void theConsumerHasNoCredentialsWhileItIsDeleted() {
        assertThat(one.admin("GET", "/api/v1/consumers/acme/keys", "").statusCode())
                .isEqualTo(404);
        assertThat(one.admin("POST", "/api/v1/consumers/acme/keys", "{}").statusCode())
                .isEqualTo(404);
        assertThat(one.admin("PUT", "/api/v1/consumers/acme", "{}").body()).contains("confirmation-pending");
    }

    private void createConsumer() {
        assertThat(one.admin("PUT", "/api/v1/consumers/acme", "{}").statusCode())
                .isEqualTo(201);
    }

    /** Waits until both nodes answer a key and a password with this status. */
    private void awaitAccess(int status) {
        for (TestGateway node : new TestGateway[] {one, two}) {
            await().atMost(Duration.ofSeconds(30)).until(() -> withKey(node) == status);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> node.get("/users", "Authorization", BASIC).statusCode() == status);
        }
    }

    private int withKey(TestGateway node) {
        return node.get("/users", "X-API-Key", key).statusCode();
    }

    private long credentials() {
        return jdbi.withHandle(handle -> handle.select("select count(*) from credential")
                .mapTo(long.class)
                .one());
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return JSON.readTree(response.body());
    }
}
