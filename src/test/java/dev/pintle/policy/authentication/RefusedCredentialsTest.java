package dev.pintle.policy.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.crypto.Sha256;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestCertificates;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestIssuer;
import dev.pintle.testing.TestPasswords;
import dev.pintle.testing.TestPostgres;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each credential that is no longer valid, or valid elsewhere, has its answer. */
class RefusedCredentialsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "correct horse battery";

    private static RawUpstream upstream;
    private static TestIssuer issuer;
    private static TestDatabase database;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        issuer = new TestIssuer();
        database = TestPostgres.migratedDatabase();
        gateway = TestGateway.start(database, TestGateway.newFolder(), "trustedProxies=127.0.0.0/8");
        admin(
                "PUT",
                "/api/v1/identity-providers/main",
                "{\"issuer\": \"" + issuer.url() + "\", \"consumerClaim\": \"client_id\"}");
        gateway.route(
                "any",
                "/any",
                upstream.url(),
                ", \"authentication\": {\"anyOf\": [\"apiKey\", \"basic\", \"jwt:main\"]}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        issuer.close();
        upstream.close();
    }

    @Test
    void theKeyOfAConsumerThatTheRouteDoesNotAdmitIsForbidden() throws Exception {
        consumer("owner");
        consumer("stranger");
        gateway.route("owned", "/owned", upstream.url(), """
                , "authentication": {"anyOf": ["apiKey"]}, "authorization": {"consumers": ["owner"]}""");

        assertThat(status("/owned", "X-API-Key", newKey("owner", "{}"))).isEqualTo("200");
        assertThat(status("/owned", "X-API-Key", newKey("stranger", "{}"))).isEqualTo("403 forbidden");
    }

    @Test
    void noCredentialOfADisabledConsumerIsValid() throws Exception {
        String key = consumerWithPassword("disabled");
        String basic = basic("disabled", PASSWORD);
        String token = "Bearer " + issuer.token(issuer.claims(",\"client_id\":\"disabled\""));
        assertThat(status("/any", "X-API-Key", key)).isEqualTo("200");
        assertThat(status("/any", "Authorization", basic)).isEqualTo("200");
        assertThat(status("/any", "Authorization", token)).isEqualTo("200");

        admin("PUT", "/api/v1/consumers/disabled", "{\"enabled\": false}");

        assertThat(status("/any", "X-API-Key", key)).isEqualTo("401 credentials-invalid");
        assertThat(status("/any", "Authorization", basic)).isEqualTo("401 credentials-invalid");
        assertThat(status("/any", "Authorization", token)).isEqualTo("401 credentials-invalid");
    }

    @Test
    void anExpiredRevokedOrRemovedCredentialIsInvalid() throws Exception {
        consumer("late");
        assertThat(status("/any", "X-API-Key", newKey("late", "{\"expires\": \"2020-01-01T00:00:00Z\"}")))
                .isEqualTo("401 credentials-invalid");

        JsonNode created = JSON.readTree(admin("POST", "/api/v1/consumers/late/keys", "{}"));
        String key = created.path("key").asText();
        assertThat(status("/any", "X-API-Key", key)).isEqualTo("200");
        admin("DELETE", "/api/v1/consumers/late/keys/" + created.path("id").asText(), "");
        assertThat(status("/any", "X-API-Key", key)).isEqualTo("401 credentials-invalid");

        admin("PUT", "/api/v1/consumers/late/password", "{\"password\": \"" + PASSWORD + "\"}");
        assertThat(status("/any", "Authorization", basic("late", PASSWORD))).isEqualTo("200");
        admin("PUT", "/api/v1/consumers/late/password", "{\"password\": \"another battery staple\"}");
        assertThat(status("/any", "Authorization", basic("late", PASSWORD))).isEqualTo("401 credentials-invalid");

        String last = newKey("late", "{}");
        admin("DELETE", "/api/v1/consumers/late", "");
        assertThat(status("/any", "X-API-Key", last)).isEqualTo("401 credentials-invalid");
    }

    @Test
    void guessesOfPasswordsAreThrottledPerClientAndKeepOutNoKnownOne() throws Exception {
        consumerWithPassword("guessed");
        String right = basic("guessed", PASSWORD);
        String[] attacker = {"X-Forwarded-For", "203.0.113.9", "Authorization", ""};
        assertThat(status("/any", "X-Forwarded-For", "203.0.113.9", "Authorization", right))
                .isEqualTo("200");

        // Attempts come back while hashes are computed.
        HttpResponse<String> answer = null;
        for (int i = 0; i < 100 && (answer == null || answer.statusCode() == 401); i++) {
            attacker[3] = basic("guessed", "wrong guess " + i);
            answer = gateway.get("/any", attacker);
        }

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 3L);
        assertThat(status("/any", "X-Forwarded-For", "203.0.113.9", "Authorization", right))
                .isEqualTo("200");
        attacker[1] = "198.51.100.7";
        assertThat(status("/any", attacker)).isEqualTo("401 credentials-invalid");
        assertThat(gateway.metric("gateway_auth_total{method=\"basic\",result=\"rate-limited\",route=\"any\"}"))
                .isPositive();
    }

    @Test
    void guessesOfApiKeysAreThrottledPerClientAndKeepOutNoGoodKey() throws Exception {
        consumer("shared");
        String key = newKey("shared", "{}");
        HttpResponse<String> answer = null;
        for (int i = 0; i < 500 && (answer == null || answer.statusCode() == 401); i++) {
            answer = gateway.get("/any", "X-Forwarded-For", "203.0.113.50", "X-API-Key", "guess" + i);
        }

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 3L);
        assertThat(answer.body()).contains("wrong API keys from this client network");
        assertThat(status("/any", "X-Forwarded-For", "203.0.113.50", "X-API-Key", key))
                .isEqualTo("200");
        assertThat(status("/any", "X-Forwarded-For", "203.0.113.51", "X-API-Key", "guess"))
                .isEqualTo("401 credentials-invalid");
    }

    @Test
    void anExplanationTellsWhatARequestWithACredentialMeets() throws Exception {
        consumer("other");
        String key = consumerWithPassword("gold");
        admin("PUT", "/api/v1/consumers/gold", "{\"groups\": [\"gold\"]}");
        admin(
                "POST",
                "/api/v1/consumers/gold/certificates",
                "{\"sha256\": \"" + Sha256.hex(TestCertificates.encoded("blue")) + "\"}");
        gateway.route("explained", "/explained", upstream.url(), """
                , "authentication": {"anyOf": ["apiKey", "basic", "jwt:main", "clientCertificate"]},
                "externalAuth": {"url": "http://192.0.2.1/verify"}, "authorization": {"groups": ["gold"]},
                "ipFilter": {"deny": ["203.0.113.0/24"]},
                "rateLimits": [{"name": "plan", "requests": 5, "per": "1h", "key": "consumer", "groups": {"gold": 50}},
                               {"name": "subject", "requests": 7, "per": "1h", "key": "claim:sub"}]""");
        String token = "Bearer " + issuer.token(issuer.claims(",\"client_id\":\"gold\""));

        for (String credential :
                new String[] {"\"X-API-Key\": \"" + key + "\"", header(basic("gold", PASSWORD)), header(token)}) {
            JsonNode json = explain(credential, "");
            assertThat(decisions(json))
                    .as(credential)
                    .isEqualTo("maintenance passes, ipFilter undecided, authentication passes, externalAuth undecided,"
                            + " authorization passes");
            assertThat(json.at("/access/identity/credential").asText()).isEqualTo("verified");
            assertThat(json.at("/access/identity/consumer").asText()).isEqualTo("gold");
            assertThat(json.at("/now/limits/0/name").asText()).isEqualTo("plan.gold");
            assertThat(json.at("/now/limits/0/left").asInt()).isEqualTo(50);
        }
        assertThat(explain(header(token), "").at("/access/identity/claims/sub").asText())
                .isEqualTo("ada");
        JsonNode certified = explain(
                "",
                ", \"clientAddress\": \"198.51.100.7\", \"clientCertificate\": "
                        + JSON.writeValueAsString(TestCertificates.certificate("blue")));
        assertThat(certified.at("/access/identity/credential").asText()).isEqualTo("decoded");
        assertThat(certified.at("/access/identity/consumer").asText()).isEqualTo("gold");
        assertThat(decisions(certified)).contains("ipFilter passes");

        assertThat(refusal(explain("", ""))).isEqualTo("authentication 401 unauthenticated");
        assertThat(refusal(explain(header(token + "x"), ""))).isEqualTo("authentication 401 credentials-invalid");
        assertThat(refusal(explain("\"X-API-Key\": \"" + newKey("other", "{}") + "\"", "")))
                .isEqualTo("authorization 403 forbidden");
        assertThat(refusal(explain("", ", \"clientAddress\": \"203.0.113.9\""))).isEqualTo("ipFilter 403 forbidden");
        assertThat(gateway.admin(
                                "POST",
                                "/api/v1/explain",
                                "{\"method\": \"GET\", \"url\": \"/x\", \"clientCertificate\": \"x\"}")
                        .body())
                .contains("/clientCertificate");
        assertThat(gateway.get("/__metrics").body())
                .as("an explanation is no request")
                .doesNotContain("gateway_auth_total{method=\"apiKey\",result=\"accepted\",route=\"explained\"}");
    }

    private static JsonNode explain(String headers, String more) throws Exception {
        return JSON.readTree(admin(
                "POST",
                "/api/v1/explain",
                "{\"method\": \"GET\", \"url\": \"/explained\", \"headers\": {" + headers + "}" + more + "}"));
    }

    private static String header(String authorization) {
        return "\"Authorization\": \"" + authorization + "\"";
    }

    private static String decisions(JsonNode explanation) {
        return explanation
                .at("/access/steps")
                .valueStream()
                .map(step -> step.path("policy").asText() + " "
                        + step.path("decision").asText())
                .collect(Collectors.joining(", "));
    }

    private static String refusal(JsonNode explanation) {
        JsonNode last = explanation
                .at("/access/steps")
                .path(explanation.at("/access/steps").size() - 1);
        return last.path("policy").asText() + " " + last.path("status").asText() + " "
                + last.path("code").asText();
    }

    private static void consumer(String id) {
        admin("PUT", "/api/v1/consumers/" + id, "{}");
    }

    /** Creates a consumer with a password, and returns a key of it. */
    private static String consumerWithPassword(String id) throws Exception {
        consumer(id);
        TestPasswords.store(database, id, PASSWORD);
        return newKey(id, "{}");
    }

    private static String newKey(String consumer, String request) throws Exception {
        return JSON.readTree(admin("POST", "/api/v1/consumers/" + consumer + "/keys", request))
                .path("key")
                .asText();
    }

    private static String admin(String method, String path, String json) {
        HttpResponse<String> response = gateway.admin(method, path, json);
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        return response.body();
    }

    /** The status of a request, with the code of a problem. */
    private static String status(String path, String... headers) throws Exception {
        HttpResponse<String> answer = gateway.get(path, headers);
        return answer.statusCode() == 200
                ? "200"
                : answer.statusCode() + " "
                        + JSON.readTree(answer.body()).path("code").asText();
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ':' + password).getBytes(StandardCharsets.UTF_8));
    }
}
