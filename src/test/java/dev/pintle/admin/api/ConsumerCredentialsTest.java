package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.crypto.Sha256;
import dev.pintle.identity.CredentialResult;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** API keys and passwords of consumers, over two nodes. */
class ConsumerCredentialsTest {
    private static Path folder;
    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path directory) throws Exception {
        folder = directory;
        admin = new AdminApiHarness(directory);
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @Test
    void aKeyIsShownOnceAndValidAtOnce() throws Exception {
        consumer("acme");
        Reply created = newKey("acme", "{\"name\": \"production\"}");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String key = created.json().path("key").asText();

        assertThat(isValid(admin, key)).isTrue();
        JsonNode listed = admin.get("/api/v1/consumers/acme/keys").json().path("keys");
        assertThat(listed).hasSize(1);
        assertThat(listed.toString()).contains("production").doesNotContain(key, Sha256.hex(key));
        assertThat(admin.get("/api/v1/revisions?limit=100").body()).doesNotContain(key);
        assertThat(admin.query("select string_agg(credential::text, ' ') from credential"))
                .doesNotContain(key);
    }

    @Test
    void aRevokedKeyEndsOnEveryNodeAndARestoreDoesNotReviveIt() throws Exception {
        consumer("revoked");
        long before = admin.sync.current().revision();
        JsonNode created = newKey("revoked", "{}").json();
        String key = created.path("key").asText();
        try (AdminApiHarness other = admin.another()) {
            assertThat(isValid(other, key)).isTrue();

            assertThat(admin.call(
                                    "DELETE",
                                    "/api/v1/consumers/revoked/keys/"
                                            + created.path("id").asText())
                            .send()
                            .status())
                    .isEqualTo(204);

            assertThat(isValid(admin, key)).isFalse();
            await().until(() -> !isValid(other, key));
        }
        assertThat(admin.call("POST", "/api/v1/revisions/" + before + "/restore")
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(isValid(admin, key)).isFalse();
    }

    @Test
    void deletingAConsumerEndsItsCredentialsForGood() throws Exception {
        consumer("deleted");
        String key = newKey("deleted", "{}").json().path("key").asText();

        admin.call("DELETE", "/api/v1/consumers/deleted").send();
        consumer("deleted");

        assertThat(admin.get("/api/v1/consumers/deleted/keys").json().path("keys"))
                .isEmpty();
        admin.sync.catchUpCredentials();
        assertThat(isValid(admin, key)).isFalse();
    }

    @Test
    void aDisabledConsumerHasNoValidKey() throws Exception {
        consumer("disabled");
        String key = newKey("disabled", "{}").json().path("key").asText();

        admin.call("PUT", "/api/v1/consumers/disabled").send("{\"enabled\": false}");

        assertThat(isValid(admin, key)).isFalse();
    }

    @Test
    void keysOfAnotherGatewayAreTakenOver() throws Exception {
        consumer("moved");
        Reply plain = newKey("moved", "{\"plain\": \"legacy-key-of-kong-1\"}");
        assertThat(plain.json().has("key")).isFalse();
        newKey("moved", "{\"sha256\": \"" + Sha256.hex("legacy-key-of-kong-2") + "\"}");

        assertThat(isValid(admin, "legacy-key-of-kong-1")).isTrue();
        assertThat(isValid(admin, "legacy-key-of-kong-2")).isTrue();
        assertThat(newKey("moved", "{\"plain\": \"legacy-key-of-kong-1\"}").code())
                .isEqualTo("id-conflict");
    }

    @Test
    void aRefusalDoesNotRepeatASecret() throws Exception {
        consumer("strict");

        Reply refused = newKey("strict", "{\"plain\": \"short-secret\", \"expires\": \"soon\", \"nonsense\": 1}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointers()).containsExactlyInAnyOrder("/plain", "/expires", "/nonsense");
        assertThat(refused.body()).doesNotContain("short-secret");
        assertThat(newKey("missing", "{}").code()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"expires\": \"+999999999-12-31T23:59:59Z\"} | /expires",
                "{\"expires\": \"+294277-01-01T00:00:00Z\"} | /expires",
                "{\"expires\": \"-999999999-01-01T00:00:00Z\"} | /expires",
                "{\"expires\": 1} | /expires",
                "{\"name\": {}} | /name",
                "{\"name\": \"a\\u0000\"} | /name",
                "{\"plain\": 12345678901234567890} | /plain",
                "{\"plain\": \"a key of another gateway \\ud800\"} | /plain",
                "{\"sha256\": []} | /sha256"
            })
    void aKeyThatCannotBeStoredIsInvalid(String key, String pointer) throws Exception {
        consumer("strict");
        assertThat(newKey("strict", key).pointers()).containsExactly(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\": \"unpaired \\ud800 surrogate\"}",
                "{\"password\": 123456789012}",
                "{\"password\": \"\\u0000 with a NUL\"}"
            })
    void aPasswordThatNoClientCanSendIsInvalid(String password) throws Exception {
        consumer("strict-basic");
        assertThat(admin.call("PUT", "/api/v1/consumers/strict-basic/password")
                        .send(password)
                        .pointers())
                .containsExactly("/password");
    }

    @Test
    void aPasswordIsSetReplacedAndRemoved() throws Exception {
        consumer("basic");
        String path = "/api/v1/consumers/basic/password";
        assertThat(admin.call("PUT", path)
                        .send("{\"password\": \"first password\"}")
                        .status())
                .isEqualTo(204);
        assertThat(hasPassword("basic", "first password")).isTrue();

        admin.call("PUT", path).send("{\"password\": \"second password\"}");
        assertThat(hasPassword("basic", "first password")).isFalse();
        assertThat(hasPassword("basic", "second password")).isTrue();
        assertThat(admin.call("DELETE", path).send().status()).isEqualTo(204);
        assertThat(hasPassword("basic", "second password")).isFalse();
        assertThat(admin.call("PUT", path).send("{\"password\": \"short\"}").pointers())
                .containsExactly("/password");
    }

    @Test
    void theSnapshotHoldsHashesOnly() throws Exception {
        consumer("kept");
        String key = newKey("kept", "{}").json().path("key").asText();
        Path snapshot = folder.resolve("snapshot.json");

        await().until(() -> Files.exists(snapshot) && Files.readString(snapshot).contains(Sha256.hex(key)));
        assertThat(Files.readString(snapshot)).doesNotContain(key);
        assertThat(Files.getPosixFilePermissions(snapshot)).hasToString("[OWNER_READ, OWNER_WRITE]");
    }

    private static void consumer(String id) throws Exception {
        assertThat(admin.call("PUT", "/api/v1/consumers/" + id).send("{}").status())
                .isLessThan(300);
    }

    private static Reply newKey(String consumer, String body) throws Exception {
        return admin.call("POST", "/api/v1/consumers/" + consumer + "/keys").send(body);
    }

    private static boolean isValid(AdminApiHarness node, String key) {
        return node.runtime.identities().byKey("198.51.100.7", key) instanceof CredentialResult.Right;
    }

    private static boolean hasPassword(String consumer, String password) {
        return admin.runtime.identities().byPassword("net", consumer, password) instanceof CredentialResult.Right;
    }
}
