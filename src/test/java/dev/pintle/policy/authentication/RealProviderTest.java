package dev.pintle.policy.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.util.Base64URL;
import dev.pintle.testing.AuthorizationServer;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestIssuer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens of an identity provider that others wrote: Spring Authorization Server. */
class RealProviderTest {
    private static AuthorizationServer provider;
    private static RawUpstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        provider = new AuthorizationServer("2026-11");
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        gateway = TestGateway.start();
        gateway.admin("PUT", "/api/v1/consumers/acme", "{}");
        gateway.admin("PUT", "/api/v1/identity-providers/spring", """
                {"issuer": "%s", "audiences": ["acme"], "consumerClaim": "sub"}""".formatted(provider.url()));
        gateway.route("orders", "/orders", upstream.url(), """
                , "authentication": {"anyOf": ["jwt:spring"]}, "authorization": {"scopes": ["orders:read"]},
                "headers": {"request": {"set": {"X-Consumer": "{consumer.id}"}}}""");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
        provider.close();
    }

    @Test
    void aClientGetsATokenByItsSecretAndEntersAlsoAfterARotation() throws Exception {
        assertThat(provider.token("guessed", "orders:read")).contains("invalid_client");
        String old = token("orders:read");
        assertThat(send(old).statusCode()).isEqualTo(200);
        assertThat(upstream.requests().getLast().fields()).containsEntry("x-consumer", "acme");
        assertThat(send(token("orders:write")).statusCode()).isEqualTo(403);

        provider.rotate("2026-12");

        assertThat(send(token("orders:read")).statusCode()).isEqualTo(200);
        assertThat(send(old).statusCode()).isEqualTo(401);
    }

    @Test
    void aForgedTokenIsRefusedWithItsReason() throws Exception {
        String[] genuine = token("orders:write").split("\\.", -1);
        String claims = decoded(genuine[1]).replace("orders:write", "orders:read");
        int forwarded = upstream.requests().size();

        String byAnotherKey = TestIssuer.sign(TestIssuer.rsa("forged"), decoded(genuine[0]), claims);
        assertRefused(byAnotherKey, "its signature is not valid under a key of the identity provider");
        String altered = genuine[0] + '.' + TestIssuer.encode(claims) + '.' + genuine[2];
        assertRefused(altered, "its signature is not valid under a key of the identity provider");
        String none = TestIssuer.encode(decoded(genuine[0]).replace("RS256", "none")) + '.' + genuine[1] + '.';
        assertRefused(none + genuine[2], "its algorithm is not accepted");
        assertRefused(none, "it is not a signed JSON Web Token in compact form");

        assertThat(upstream.requests()).hasSize(forwarded);
    }

    private static void assertRefused(String token, String reason) {
        HttpResponse<String> answer = send(token);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .contains("\"code\":\"credentials-invalid\"", "\"detail\":\"the token is not valid: " + reason + '"');
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer ")
                .contains("error=\"invalid_token\"", reason);
    }

    private static String token(String scope) throws Exception {
        String answer = provider.token("s3cret", scope);
        String token = new ObjectMapper().readTree(answer).path("access_token").asText();
        assertThat(token).as(answer).isNotEmpty();
        return token;
    }

    private static String decoded(String part) {
        return new Base64URL(part).decodeToString();
    }

    private static HttpResponse<String> send(String token) {
        return gateway.get("/orders", "Authorization", "Bearer " + token);
    }
}
