package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestIssuer;
import dev.pintle.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Clients authenticate on every node, and on a node that restarts while PostgreSQL is unavailable. */
class AuthenticationOutageTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "correct horse battery";

    @Test
    void aNodeThatRestartsWithoutPostgresAuthenticatesTokensKeysAndPasswords() throws Exception {
        TestDatabase database = TestPostgres.newDatabase();
        try (FlakyTcpProxy line = new FlakyTcpProxy(database.port());
                RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
                TestIssuer issuer = new TestIssuer()) {
            TestGateway first = TestGateway.start(database.through(line.port()), TestGateway.newFolder());
            first.admin("PUT", "/api/v1/identity-providers/main", "{\"issuer\": \"" + issuer.url() + "\"}");
            first.admin("PUT", "/api/v1/consumers/acme", "{}");
            first.admin("PUT", "/api/v1/consumers/acme/password", "{\"password\": \"" + PASSWORD + "\"}");
            JsonNode created = JSON.readTree(
                    first.admin("POST", "/api/v1/consumers/acme/keys", "{}").body());
            String revoked = JSON.readTree(first.admin("POST", "/api/v1/consumers/acme/keys", "{}")
                            .body())
                    .path("key")
                    .asText();
            first.route(
                    "x",
                    "/x",
                    upstream.url(),
                    ", \"authentication\": {\"anyOf\": [\"jwt:main\", \"apiKey\", \"basic\"]}");
            List<String[]> credentials = List.of(
                    new String[] {"Authorization", "Bearer " + issuer.token()},
                    new String[] {"X-API-Key", created.path("key").asText()},
                    new String[] {"Authorization", basic("acme", PASSWORD)});
            assertAccepted(first, credentials);
            revokeOnBothNodes(database, first, revoked);

            await().until(() -> Files.exists(first.folder().resolve("key-sets.json")));
            line.refuse();
            first.stop();
            issuer.mode(TestIssuer.Mode.HANGING);
            assertOnlyTheOwnerReads(first.folder(), created.path("key").asText(), PASSWORD);
            try (TestGateway second = TestGateway.start(database.through(line.port()), first.folder())) {
                assertThat(second.get("/__routes").body()).contains("\"source\":\"snapshot\"");
                assertAccepted(second, credentials);
                assertThat(second.get("/x").statusCode()).isEqualTo(401);
                assertThat(second.get("/x", "X-API-Key", revoked).statusCode()).isEqualTo(401);
                assertThat(second.get("/x", "Authorization", basic("acme", "wrong"))
                                .statusCode())
                        .isEqualTo(401);
            }
        }
    }

    private static void assertAccepted(TestGateway gateway, List<String[]> credentials) {
        for (String[] credential : credentials) {
            assertThat(gateway.get("/x", credential).statusCode())
                    .as(credential[1])
                    .isEqualTo(200);
        }
    }

    private static void revokeOnBothNodes(TestDatabase database, TestGateway first, String key) throws IOException {
        try (TestGateway other = TestGateway.start(database, TestGateway.newFolder())) {
            await().until(() -> other.get("/x", "X-API-Key", key).statusCode() == 200);
            JsonNode keys = JSON.readTree(
                    first.admin("GET", "/api/v1/consumers/acme/keys", "").body());
            String id = keys.path("keys")
                    .valueStream()
                    .map(listed -> listed.path("id").asText())
                    .filter(key::contains)
                    .findFirst()
                    .orElseThrow();

            first.admin("DELETE", "/api/v1/consumers/acme/keys/" + id, "");

            assertThat(first.get("/x", "X-API-Key", key).statusCode()).isEqualTo(401);
            await().until(() -> other.get("/x", "X-API-Key", key).statusCode() == 401);
        }
    }

    /** The files hold hashes of secrets and public keys only. */
    private static void assertOnlyTheOwnerReads(Path folder, String... secrets) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .contains("key-sets.json")
                .anyMatch(name -> name.contains("snapshot"));
        for (Path file : files) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(file.toString())
                    .isEqualTo("rw-------");
            assertThat(Files.readString(file)).as(file.toString()).doesNotContain(secrets);
        }
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ':' + password).getBytes(StandardCharsets.UTF_8));
    }
}
