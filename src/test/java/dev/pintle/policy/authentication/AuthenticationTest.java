package dev.pintle.policy.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestIssuer;
import dev.pintle.testing.TestPostgres;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens, keys and passwords at a whole gateway, with a real issuer. */
class AuthenticationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static RawUpstream upstream;
    private static TestGateway gateway;
    private static TestIssuer issuer;

    @BeforeAll
    static void start() throws Exception {
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        gateway = TestGateway.start();
        issuer = new TestIssuer();
        provider("main", issuer, "");
        put("/api/v1/consumers/acme", "{\"groups\": [\"gold\"]}");
        put("/api/v1/consumers/beta", "{}");
        route("tokens", "{\"anyOf\": [\"jwt:main\"]}");
        route("keys", "{\"anyOf\": [\"apiKey\"], \"apiKey\": {\"from\": [\"header:X-API-Key\", \"query:key\"]}}");
        route("any", "{\"anyOf\": [\"jwt:main\", \"apiKey\", \"basic\"], \"optional\": true}");
        route("passwords", "{\"anyOf\": [\"basic\"]}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
        issuer.close();
    }

    @Test
    void aValidTokenPassesAndReachesTheUpstream() throws Exception {
        String token = issuer.token();

        assertThat(get("/tokens", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
        assertThat(upstream.requests().getLast().fields()).containsEntry("authorization", "Bearer " + token);
    }

    @Test
    void aRequestWithoutCredentialsIsChallenged() throws Exception {
        HttpResponse<String> refused = get("/tokens");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(code(refused)).isEqualTo("unauthenticated");
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"tokens\"");
        assertThat(get("/keys").headers().firstValue("WWW-Authenticate")).contains("ApiKey realm=\"keys\"");
        assertThat(get("/tokens?access_token=" + issuer.token()).statusCode())
                .as("a token in the query is none")
                .isEqualTo(401);
    }

    @Test
    void anInvalidOrExpiredTokenIsRefusedWithItsReason() throws Exception {
        HttpResponse<String> invalid = get("/tokens", "Authorization", "Bearer " + issuer.token() + "x");
        HttpResponse<String> expired = get(
                "/tokens",
                "Authorization",
                "Bearer " + issuer.token("{\"iss\":\"" + issuer.url() + "\",\"aud\":\"api\",\"exp\":1000000000}"));

        assertThat(code(invalid)).isEqualTo("credentials-invalid");
        assertThat(invalid.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("error=\"invalid_token\"");
        assertThat(code(expired)).isEqualTo("token-expired");
        assertThat(expired.statusCode()).isEqualTo(401);
    }

    @Test
    void twoAuthorizationHeadersAreRefused() throws Exception {
        String token = "Authorization: Bearer " + issuer.token() + "\r\n";

        try (var client = gateway.connect()) {
            client.send("GET /tokens HTTP/1.1\r\nHost: a\r\n" + token + token + "\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void aKeyPassesOnceItIsCreatedAndIsNotForwarded() throws Exception {
        String key = newKey("acme");

        assertThat(get("/keys", "X-API-Key", key).statusCode()).isEqualTo(200);
        assertThat(upstream.requests().getLast().fields()).doesNotContainKey("x-api-key");
        assertThat(get("/keys?a=1&key=" + key + "&b=2").statusCode()).isEqualTo(200);
        assertThat(upstream.requests().getLast().target()).endsWith("?a=1&b=2").doesNotContain(key);
        HttpResponse<String> wrong = get("/keys", "X-API-Key", key.replaceFirst("_.{6}_", "_000000_"));
        assertThat(code(wrong)).isEqualTo("credentials-invalid");
        assertThat(wrong.body()).doesNotContain(key);
    }

    @Test
    void aPasswordPassesAndAWrongOneDoesNot() throws Exception {
        put("/api/v1/consumers/beta/password", "{\"password\": \"correct horse battery\"}");

        assertThat(get("/passwords", "Authorization", basic("beta", "correct horse battery"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(upstream.requests().getLast().fields()).doesNotContainKey("authorization");
        for (String wrong : new String[] {basic("beta", "wrong"), basic("unknown", "wrong"), "Basic !", "Basic"}) {
            assertThat(code(get("/passwords", "Authorization", wrong)))
                    .as(wrong)
                    .isEqualTo("credentials-invalid");
        }
    }

    @Test
    void whateverIsPresentedMustBeValidEvenWhereAuthenticationIsOptional() throws Exception {
        String key = newKey("acme");

        assertThat(get("/any").statusCode()).isEqualTo(200);
        assertThat(get("/any", "X-API-Key", key).statusCode()).isEqualTo(200);
        assertThat(get("/any", "X-API-Key", key, "Authorization", "Bearer forged")
                        .statusCode())
                .isEqualTo(401);
        assertThat(get("/any", "X-API-Key", "pin_forged", "Authorization", "Bearer " + issuer.token())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aRotatedKeyPassesWithItsFirstToken() throws Exception {
        try (TestIssuer rotating = new TestIssuer()) {
            provider("rotating", rotating, "");
            route("rotating", "{\"anyOf\": [\"jwt:rotating\"]}");
            assertThat(get("/rotating", "Authorization", "Bearer " + rotating.token())
                            .statusCode())
                    .isEqualTo(200);
            int before = rotating.keyRequests();

            rotating.rotate("second");

            assertThat(get("/rotating", "Authorization", "Bearer " + rotating.token())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(rotating.keyRequests()).isEqualTo(before + 1);
        }
    }

    @Test
    void inventedKeyIdsCauseFewFetches() throws Exception {
        try (TestIssuer attacked = new TestIssuer()) {
            provider("attacked", attacked, "");
            route("attacked", "{\"anyOf\": [\"jwt:attacked\"]}");
            assertThat(get("/attacked", "Authorization", "Bearer " + attacked.token())
                            .statusCode())
                    .isEqualTo(200);
            int before = attacked.keyRequests();

            for (int i = 0; i < 50; i++) {
                String forged = TestIssuer.sign(
                        attacked.key(), "{\"alg\":\"RS256\",\"kid\":\"invented-" + i + "\"}", attacked.claims(""));
                assertThat(get("/attacked", "Authorization", "Bearer " + forged).statusCode())
                        .isEqualTo(401);
            }

            assertThat(attacked.keyRequests() - before).isBetween(1, 8);
        }
    }

    @Test
    void aProviderThatNeverGaveKeysIs503AndLaterRecovers() throws Exception {
        Map<String, TestIssuer> providers = new LinkedHashMap<>();
        try {
            for (TestIssuer.Mode mode :
                    List.of(TestIssuer.Mode.ERROR, TestIssuer.Mode.FIVE_MEBIBYTES, TestIssuer.Mode.REDIRECT)) {
                String name = "never-" + mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
                TestIssuer broken = new TestIssuer();
                providers.put(name, broken);
                broken.mode(mode);
                provider(name, broken, "");
                route(name, "{\"anyOf\": [\"jwt:" + name + "\"]}");

                HttpResponse<String> refused = get("/" + name, "Authorization", "Bearer " + broken.token());
                assertThat(refused.statusCode()).as(name).isEqualTo(503);
                assertThat(code(refused)).as(name).isEqualTo("identity-unavailable");
            }
            providers.values().forEach(provider -> provider.mode(TestIssuer.Mode.KEYS));

            for (Map.Entry<String, TestIssuer> provider : providers.entrySet()) {
                String token = "Bearer " + provider.getValue().token();
                await(provider.getKey())
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> get("/" + provider.getKey(), "Authorization", token)
                                        .statusCode()
                                == 200);
            }
        } finally {
            providers.values().forEach(TestIssuer::close);
        }
    }

    @Test
    void aProviderThatNeverAnswersDelaysARequestByTwoSecondsAtMost() throws Exception {
        try (TestIssuer silent = new TestIssuer()) {
            silent.mode(TestIssuer.Mode.HANGING);
            provider("silent", silent, "");
            route("silent", "{\"anyOf\": [\"jwt:silent\"]}");

            HttpResponse<String> refused = get("/silent", "Authorization", "Bearer " + silent.token());

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(code(refused)).isEqualTo("identity-unavailable");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestIssuer.Mode.class,
            names = {"KEYS", "REDIRECT"})
    void keysAreNeverTakenFromWhereAProviderMayNotLeadTheNode(TestIssuer.Mode mode) throws Exception {
        String name = "leads-" + mode.name().toLowerCase(Locale.ROOT);
        try (TestIssuer leading = new TestIssuer();
                RawUpstream inner = RawUpstream.that(RawUpstream.answers(200, leading.keySet()))) {
            gateway.route("inner", "/inner", inner.url());
            leading.mode(mode);
            leading.keysUrl(mode == TestIssuer.Mode.REDIRECT ? inner.url() : gateway.url() + "/inner");
            provider(name, leading, "");
            route(name, "{\"anyOf\": [\"jwt:" + name + "\"]}");

            assertThat(get("/" + name, "Authorization", "Bearer " + leading.token())
                            .statusCode())
                    .isEqualTo(503);
            assertThat(inner.requests())
                    .as("behind a port of the node, or a redirect")
                    .isEmpty();
            assertThat(gateway.get("/inner").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void knownKeysHoldWhileTheProviderIsUnavailable() throws Exception {
        try (TestIssuer flaky = new TestIssuer()) {
            provider("flaky", flaky, ", \"refresh\": \"1s\"");
            route("flaky", "{\"anyOf\": [\"jwt:flaky\"]}");
            assertThat(get("/flaky", "Authorization", "Bearer " + flaky.token()).statusCode())
                    .isEqualTo(200);

            flaky.mode(TestIssuer.Mode.HANGING);
            int before = flaky.keyRequests();
            await().atMost(Duration.ofSeconds(30)).until(() -> flaky.keyRequests() > before);

            assertThat(get("/flaky", "Authorization", "Bearer " + flaky.token()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void knownKeysHoldAfterARestartWhileTheProviderIsUnavailable() throws Exception {
        TestDatabase database = TestPostgres.migratedDatabase();
        Path directory = TestGateway.newFolder();
        try (TestIssuer down = new TestIssuer()) {
            String[] header = {"Authorization", "Bearer " + down.token()};
            try (TestGateway first = TestGateway.start(database, directory)) {
                first.admin("PUT", "/api/v1/identity-providers/down", "{\"issuer\": \"" + down.url() + "\"}");
                first.route("down", "/down", upstream.url(), ", \"authentication\": {\"anyOf\": [\"jwt:down\"]}");
                await().until(() -> first.get("/down", header).statusCode() == 200);
                await().until(() -> Files.exists(directory.resolve("key-sets.json")));
            }
            down.mode(TestIssuer.Mode.HANGING);

            try (TestGateway second = TestGateway.start(database, directory)) {
                assertThat(second.get("/down", header).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void twoKeysWithOneIdAreBothTried() throws Exception {
        try (TestIssuer doubled = new TestIssuer()) {
            doubled.rotate("same");
            doubled.publish(TestIssuer.rsa("same"));
            provider("doubled", doubled, "");
            route("doubled", "{\"anyOf\": [\"jwt:doubled\"]}");

            assertThat(get("/doubled", "Authorization", "Bearer " + doubled.token())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void theMetricsCountEachResultAndTheAgeOfTheKeys() throws Exception {
        get("/tokens", "Authorization", "Bearer " + issuer.token());
        get("/tokens");

        assertThat(gateway.get("/__metrics").body())
                .contains("gateway_auth_total{method=\"jwt\",result=\"accepted\",route=\"tokens\"}")
                .contains("gateway_auth_total{method=\"none\",result=\"unauthenticated\",route=\"tokens\"}")
                .contains("gateway_jwks_age_seconds{provider=\"main\"}");
    }

    @Test
    void aProviderOrConsumerInUseCannotBeDeleted() throws Exception {
        HttpResponse<String> refused = gateway.admin("DELETE", "/api/v1/identity-providers/main", "");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(JSON.readTree(refused.body()).path("routes").toString()).contains("\"tokens\"", "\"any\"");
        HttpResponse<String> unknown =
                gateway.admin("PATCH", "/api/v1/routes/tokens", "{\"authentication\": {\"anyOf\": [\"jwt:unknown\"]}}");
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body()).contains("/authentication/anyOf/0", "does not exist");
    }

    private static void provider(String id, TestIssuer of, String more) {
        put(
                "/api/v1/identity-providers/" + id,
                "{\"issuer\": \"" + of.url() + "\", \"audiences\": [\"api\"]" + more + "}");
    }

    private static void route(String id, String authentication) {
        gateway.route(id, "/" + id, upstream.url(), ", \"authentication\": " + authentication);
    }

    private static void put(String path, String json) {
        HttpResponse<String> response = gateway.admin("PUT", path, json);
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
    }

    private static String newKey(String consumer) throws Exception {
        HttpResponse<String> created = gateway.admin("POST", "/api/v1/consumers/" + consumer + "/keys", "{}");
        return JSON.readTree(created.body()).path("key").asText();
    }

    private static HttpResponse<String> get(String path, String... headers) {
        return gateway.get(path, headers);
    }

    private static String code(HttpResponse<String> response) throws Exception {
        return JSON.readTree(response.body()).path("code").asText();
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ':' + password).getBytes(StandardCharsets.UTF_8));
    }
}
