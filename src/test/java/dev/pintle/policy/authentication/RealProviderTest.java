package dev.pintle.policy.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.AuthorizationServer;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import org.junit.jupiter.api.Test;

/** Tokens of an identity provider that others wrote: Spring Authorization Server. */
class RealProviderTest {
    @Test
    void aClientGetsATokenByItsSecretAndEntersAlsoAfterARotation() throws Exception {
        try (AuthorizationServer provider = new AuthorizationServer("2026-11");
                RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
                TestGateway gateway = TestGateway.start()) {
            gateway.admin("PUT", "/api/v1/consumers/acme", "{}");
            gateway.admin("PUT", "/api/v1/identity-providers/spring", """
                    {"issuer": "%s", "audiences": ["acme"], "consumerClaim": "sub"}""".formatted(provider.url()));
            gateway.route("orders", "/orders", upstream.url(), """
                    , "authentication": {"anyOf": ["jwt:spring"]}, "authorization": {"scopes": ["orders:read"]},
                    "headers": {"request": {"set": {"X-Consumer": "{consumer.id}"}}}""");

            assertThat(provider.token("guessed", "orders:read")).contains("invalid_client");
            String old = token(provider, "orders:read");
            assertThat(status(gateway, old)).isEqualTo(200);
            assertThat(upstream.requests().getLast().fields()).containsEntry("x-consumer", "acme");
            assertThat(status(gateway, token(provider, "orders:write"))).isEqualTo(403);

            provider.rotate("2026-12");

            assertThat(status(gateway, token(provider, "orders:read"))).isEqualTo(200);
            assertThat(status(gateway, old)).isEqualTo(401);
        }
    }

    private static String token(AuthorizationServer provider, String scope) throws Exception {
        String answer = provider.token("s3cret", scope);
        String token = new ObjectMapper().readTree(answer).path("access_token").asText();
        assertThat(token).as(answer).isNotEmpty();
        return token;
    }

    private static int status(TestGateway gateway, String token) {
        return gateway.get("/orders", "Authorization", "Bearer " + token).statusCode();
    }
}
