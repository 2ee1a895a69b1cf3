package dev.pintle.policy.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestIssuer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each credential that is no longer valid, or valid elsewhere, has its answer. */
class RefusedCredentialsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "correct horse battery";

    private static RawUpstream upstream;
    private static TestIssuer issuer;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        issuer = new TestIssuer();
        gateway = TestGateway.start("trustedProxies=127.0.0.0/8");
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
        consumer("disabled");
        String key = newKey("disabled", "{}");
        admin("PUT", "/api/v1/consumers/disabled/password", "{\"password\": \"" + PASSWORD + "\"}");
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
        consumer("guessed");
        admin("PUT", "/api/v1/consumers/guessed/password", "{\"password\": \"" + PASSWORD + "\"}");
        String right = basic("guessed", PASSWORD);
        String[] attacker = {"X-Forwarded-For", "203.0.113.9", "Authorization", ""};
        assertThat(status("/any", "X-Forwarded-For", "203.0.113.9", "Authorization", right))
                .isEqualTo("200");

        String last = "";
        for (int i = 0; i <= 10; i++) {
            attacker[3] = basic("guessed", "wrong guess " + i);
            last = status("/any", attacker);
        }

        assertThat(last).isEqualTo("429 rate-limited");
        assertThat(gateway.get("/any", attacker)
                        .headers()
                        .firstValueAsLong("Retry-After")
                        .orElseThrow())
                .isBetween(1L, 3L);
        assertThat(status("/any", "X-Forwarded-For", "203.0.113.9", "Authorization", right))
                .isEqualTo("200");
        attacker[1] = "198.51.100.7";
        assertThat(status("/any", attacker)).isEqualTo("401 credentials-invalid");
        assertThat(gateway.metric("gateway_auth_total{method=\"basic\",result=\"rate-limited\",route=\"any\"}"))
                .isPositive();
    }

    private static void consumer(String id) {
        admin("PUT", "/api/v1/consumers/" + id, "{}");
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
