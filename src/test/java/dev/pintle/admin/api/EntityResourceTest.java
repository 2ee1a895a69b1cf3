package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.EntityKind;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Consumers and identity providers: revisioned documents beside routes. */
class EntityResourceTest {
    private static final String CONSUMERS = "/api/v1/consumers";
    private static final String PROVIDERS = "/api/v1/identity-providers";

    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @Test
    void aConsumerIsCreatedReadPatchedAndDeletedLikeARoute() throws Exception {
        Reply created = admin.call("PUT", CONSUMERS + "/acme").send("{\"groups\": [\"gold\"]}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.field("Location")).endsWith(CONSUMERS + "/acme");
        assertThat(created.body()).isEqualTo("{\"id\":\"acme\",\"groups\":[\"gold\"]}");
        String tag = created.field("ETag");
        assertThat(admin.call("PUT", CONSUMERS + "/acme")
                        .send("{\"groups\": [\"gold\"]}")
                        .field("ETag"))
                .isEqualTo(tag);

        Reply patched = admin.call("PATCH", CONSUMERS + "/acme")
                .with("If-Match", tag)
                .as("application/merge-patch+json")
                .send("{\"enabled\": false}");
        assertThat(patched.status()).as(patched.body()).isEqualTo(200);
        assertThat(patched.field("ETag"))
                .isNotEqualTo(tag)
                .isEqualTo(admin.get(CONSUMERS + "/acme").field("ETag"));
        assertThat(admin.call("DELETE", CONSUMERS + "/acme")
                        .with("If-Match", tag)
                        .send()
                        .status())
                .isEqualTo(412);
        assertThat(admin.call("DELETE", CONSUMERS + "/acme").send().status()).isEqualTo(204);
        assertThat(admin.get(CONSUMERS + "/acme").status()).isEqualTo(404);
        assertThat(admin.call("DELETE", CONSUMERS + "/acme").send().code()).isEqualTo("not-found");
    }

    @Test
    void postRefusesAnIdThatIsTaken() throws Exception {
        assertThat(admin.call("POST", CONSUMERS).send("{\"id\": \"taken\"}").status())
                .isEqualTo(201);
        assertThat(admin.call("POST", CONSUMERS).send("{\"id\": \"taken\"}").code())
                .isEqualTo("id-conflict");
        assertThat(admin.get(CONSUMERS).json().path("consumers"))
                .extracting(consumer -> consumer.path("id").asText())
                .contains("taken");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '!',
            value = {
                "consumers; {\"groups\": [\"a b\"]}; /groups/0",
                "consumers; {\"keys\": []}; /keys",
                "consumers; {\"id\": \"other\"}; /id",
                "identity-providers; {}; /issuer",
                "identity-providers; {\"issuer\": \"id.example.com\"}; /issuer",
                "identity-providers; {\"issuer\": \"https://user:pw@id.example.com\"}; /issuer",
                "identity-providers; {\"issuer\": \"http://169.254.169.254/latest\"}; /issuer",
                "identity-providers; {\"jwksUri\": \"http://[fd00:ec2::254]/\"}; /jwksUri",
                "identity-providers; {\"jwksUri\": \"file:///etc/passwd\"}; /jwksUri",
                "identity-providers; {\"jwksUri\": \"http://[::1%25lo]/keys\"}; /jwksUri",
                "identity-providers; {\"jwksUri\": \"http://h:65536/keys\"}; /jwksUri",
                "identity-providers; {\"jwksUri\": \"http://h/%zz\"}; /jwksUri",
                "identity-providers; {\"issuer\": \"http://999999999999/\"}; /issuer",
                "identity-providers; {\"issuer\": \"http://a..b\"}; /issuer",
                "identity-providers; {\"jwksUri\": \"http://h/\", \"jwks\": {\"keys\": [{\"kty\": \"RSA\"}]}}; /jwks",
                "identity-providers; {\"jwks\": {\"keys\": []}}; /jwks/keys",
                "identity-providers; {\"jwks\": {\"keys\": [{\"kty\": \"oct\"}]}}; /jwks/keys/0/kty",
                "identity-providers; {\"jwks\": {\"keys\": [{\"kty\": \"EC\", \"d\": \"x\"}]}}; /jwks/keys/0",
                "identity-providers; {\"issuer\": \"https://i\", \"algorithms\": [\"HS256\"]}; /algorithms/0",
                "identity-providers; {\"issuer\": \"https://i\", \"algorithms\": [\"none\"]}; /algorithms/0",
                "identity-providers; {\"issuer\": \"https://i\", \"clockSkew\": \"6m\"}; /clockSkew",
            })
    void anInvalidDocumentIsRefusedAtItsPlace(String kind, String body, String pointer) throws Exception {
        Reply refused = admin.call("PUT", "/api/v1/" + kind + "/bad").send(body);

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.pointers()).containsExactly(pointer);
    }

    @Test
    void aSecretInADocumentIsNotRepeatedInTheRefusal() throws Exception {
        Reply refused = admin.call("PUT", PROVIDERS + "/bad")
                .send("{\"jwks\": {\"keys\": [{\"kty\": \"oct\", \"k\": \"c2VjcmV0LWtleQ\"}]}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).doesNotContain("c2VjcmV0LWtleQ");
    }

    @Test
    void revisionsRestoreAndRevertCoverThem() throws Exception {
        admin.call("PUT", PROVIDERS + "/main").send("{\"issuer\": \"https://one.example\"}");
        long first = admin.sync.current().revision();
        admin.call("PUT", PROVIDERS + "/main").send("{\"issuer\": \"https://two.example\"}");
        long second = admin.sync.current().revision();

        JsonNode diff =
                admin.get("/api/v1/diff?from=" + first + "&to=" + second).json();
        assertThat(diff.at("/changes/0/kind").asText()).isEqualTo("identity-provider");
        assertThat(diff.at("/changes/0/patch/0/path").asText()).isEqualTo("/issuer");
        assertThat(admin.call("POST", "/api/v1/revisions/" + second + "/revert")
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(issuer()).isEqualTo("https://one.example");
        assertThat(admin.call("POST", "/api/v1/revisions/" + second + "/restore")
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(issuer()).isEqualTo("https://two.example");
        assertThat(admin.get("/api/v1/revisions/" + first + "/configuration")
                        .json()
                        .at("/identityProviders"))
                .anySatisfy(
                        provider -> assertThat(provider.path("issuer").asText()).isEqualTo("https://one.example"));
    }

    private static String issuer() throws Exception {
        return admin.get(PROVIDERS + "/main").json().path("issuer").asText();
    }

    @Test
    void aBatchWritesThemInTheRevisionOfTheRoutes() throws Exception {
        long before = admin.sync.current().revision();

        Reply changed = admin.call("POST", "/api/v1/changes").send("""
                {"edits": [
                    {"put": {"id": "batched", "groups": ["silver"]}, "kind": "consumer"},
                    {"put": {"id": "batched", "match": {"path": "/batched"}, "upstream": {"targets": [{"url": "http://h"}]}}}]}""");

        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().path("revision").asLong()).isEqualTo(before + 1);
        Reply removed = admin.call("POST", "/api/v1/changes")
                .send("{\"edits\": [{\"delete\": \"batched\", \"kind\": \"consumer\"}]}");
        assertThat(removed.status()).as(removed.body()).isEqualTo(200);
    }

    @Test
    void anotherNodeFollowsAndServesThemFromItsSnapshot() throws Exception {
        admin.call("PUT", CONSUMERS + "/followed").send("{}");

        try (AdminApiHarness other = admin.another()) {
            Configuration known = other.sync.current();
            assertThat(known.entities(EntityKind.CONSUMER)).containsKey("followed");
            admin.call("DELETE", CONSUMERS + "/followed").send();
            other.sync.catchUp();
            assertThat(other.sync.current().entities(EntityKind.CONSUMER)).doesNotContainKey("followed");
        }
    }
}
