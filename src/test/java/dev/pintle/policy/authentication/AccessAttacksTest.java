package dev.pintle.policy.authentication;

import static dev.pintle.testing.WebSockets.handshake;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestIssuer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ways around the authentication of a route: each is refused, and no upstream sees the request. */
class AccessAttacksTest {
    private static RawUpstream upstream;
    private static TestIssuer issuer;
    private static TestIssuer other;
    private static TestGateway gateway;
    private static String key;

    @BeforeAll
    static void start() throws Exception {
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        issuer = new TestIssuer();
        other = new TestIssuer();
        gateway = TestGateway.start();
        put("identity-providers/main", "{\"issuer\": \"" + issuer.url() + "\"}");
        put("identity-providers/other", "{\"issuer\": \"" + other.url() + "\"}");
        put("consumers/acme", "{}");
        key = new ObjectMapper()
                .readTree(gateway.admin("POST", "/api/v1/consumers/acme/keys", "{}")
                        .body())
                .path("key")
                .asText();
        gateway.route("tokens", "/tokens", upstream.url(), ", \"authentication\": {\"anyOf\": [\"jwt:main\"]}");
        gateway.route("keys", "/keys", upstream.url(), ", \"authentication\": {\"anyOf\": [\"apiKey\"]}");
        gateway.route(
                "both", "/both", upstream.url(), ", \"authentication\": {\"anyOf\": [\"jwt:main\", \"jwt:other\"]}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        other.close();
        issuer.close();
        upstream.close();
    }

    private int forwarded = upstream.requests().size();

    @AfterEach
    void nothingElseReachedTheUpstream() {
        assertThat(upstream.requests()).hasSize(forwarded);
    }

    @Test
    void aTokenCountsOnlyWithTheKeysOfTheProviderThatItNames() throws Exception {
        String header = "{\"alg\":\"RS256\",\"kid\":\"" + other.key().getKeyID() + "\"}";
        String ofTheOther = other.token();
        String forged = TestIssuer.sign(other.key(), header, issuer.claims(""));

        passes("/both", "Authorization", "Bearer " + ofTheOther);
        assertThat(refusal("/tokens", "Authorization", "Bearer " + ofTheOther)).isEqualTo("401 credentials-invalid");
        assertThat(refusal("/both", "Authorization", "Bearer " + forged)).isEqualTo("401 credentials-invalid");
    }

    @Test
    void aCredentialAnywhereElseThanWhereTheRouteLooksIsNone() throws Exception {
        String token = issuer.token();

        assertThat(refusal("/tokens?access_token=" + token)).isEqualTo("401 unauthenticated");
        assertThat(refusal("/tokens", "Cookie", "Authorization=" + token)).isEqualTo("401 unauthenticated");
        assertThat(refusal("/tokens", "Proxy-Authorization", "Bearer " + token)).isEqualTo("401 unauthenticated");
        assertThat(refusal("/tokens", "Authorization", "Basic " + token)).isEqualTo("401 unauthenticated");
        assertThat(refusal("/tokens", "X-API-Key", key)).isEqualTo("401 unauthenticated");
        assertThat(refusal("/keys?X-API-Key=" + key)).isEqualTo("401 unauthenticated");
        assertThat(refusal("/keys", "X_API_Key", key)).isEqualTo("401 unauthenticated");
        assertThat(refusal("/keys", "Authorization", "ApiKey " + key)).isEqualTo("401 unauthenticated");
    }

    @Test
    void severalKeysOrAListOfThemAreRefused() throws Exception {
        assertThat(refusal("/keys", "X-API-Key", key, "X-API-Key", "forged")).isEqualTo("401 credentials-invalid");
        assertThat(refusal("/keys", "X-API-Key", "forged", "x-api-key", key)).isEqualTo("401 credentials-invalid");
        assertThat(refusal("/keys", "X-API-Key", "forged, " + key)).isEqualTo("401 credentials-invalid");
        assertThat(refusal("/keys", "X-API-Key", "")).isEqualTo("401 credentials-invalid");
    }

    @Test
    void connectionHidesNoCredentialFromTheGateway() throws Exception {
        try (RawClient client = gateway.connect()) {
            client.send("GET /keys HTTP/1.1\r\nHost: h\r\nConnection: close, X-API-Key\r\nX-API-Key: forged\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 401 ").contains("credentials-invalid");
        }
    }

    @Test
    void overHttp2TheSameCredentialsAreRefused() throws Exception {
        String bearer = "Bearer " + issuer.token();
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.get(1, "/tokens");
            assertThat(client.answer(1).status()).isEqualTo(401);
            client.get(3, "/tokens", "authorization", bearer, "authorization", "Bearer forged");
            assertThat(client.answer(3).status()).isEqualTo(401);
            client.get(5, "/tokens", ":authorization", bearer);
            assertThat(client.until(RawHttp2Client.RST_STREAM).getLast().stream())
                    .isEqualTo(5);
        }
    }

    @Test
    void aGrpcCallWithoutMetadataIsUnauthenticated() throws Exception {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.request(
                    1,
                    RawHttp2Client.END_STREAM,
                    "POST",
                    "/tokens",
                    "content-type",
                    "application/grpc",
                    "te",
                    "trailers");

            assertThat(client.answer(1).fields()).containsEntry("grpc-status", "16");
        }
    }

    @Test
    void aWebSocketHandshakeWithoutACredentialOpensNoTunnel() throws Exception {
        try (RawClient client = gateway.connect()) {
            client.send(handshake("/tokens"));

            assertThat(client.head()).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void routesWithoutAnUpstreamAreGuardedToo() throws Exception {
        put("routes/redirected", """
                {"match": {"path": "/redirected"}, "redirect": {"to": "https://a.example/{query.next}"},
                 "authentication": {"anyOf": ["apiKey"], "apiKey": {"from": ["query:key"]}}}""");
        put("routes/answered", """
                {"match": {"path": "/answered"}, "respond": {"status": 200, "body": "secret"},
                 "authentication": {"anyOf": ["apiKey"]}}""");

        assertThat(refusal("/answered")).isEqualTo("401 unauthenticated");
        assertThat(gateway.get("/redirected?next=x").headers().firstValue("Location"))
                .isEmpty();
        assertThat(gateway.get("/redirected?next=x&key=" + key).headers().firstValue("Location"))
                .as("without the key")
                .hasValue("https://a.example/x?next=x");
    }

    @Test
    void aConsumerThatIsDisabledIsRefusedOnItsOpenConnection() throws Exception {
        put("consumers/leaving", "{}");
        String leaving = new ObjectMapper()
                .readTree(gateway.admin("POST", "/api/v1/consumers/leaving/keys", "{}")
                        .body())
                .path("key")
                .asText();
        String request = "GET /keys HTTP/1.1\r\nHost: h\r\nX-API-Key: " + leaving + "\r\n\r\n";
        try (RawClient client = gateway.connect()) {
            assertThat(client.send(request).head()).startsWith("HTTP/1.1 200 ");
            client.until("hello");
            forwarded++;

            put("consumers/leaving", "{\"enabled\": false}");

            assertThat(client.send(request).head()).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void aSharedLimitHoldsForAConsumerOnEveryRouteWhateverItsKey() throws Exception {
        String limit = """
                , "authentication": {"anyOf": ["apiKey"]},
                "rateLimits": [{"name": "quota", "requests": 2, "per": "1h", "key": "consumer", "sharedAs": "attacked"}]""";
        gateway.route("one", "/one", upstream.url(), limit);
        gateway.route("two", "/two", upstream.url(), limit);
        String second = new ObjectMapper()
                .readTree(gateway.admin("POST", "/api/v1/consumers/acme/keys", "{}")
                        .body())
                .path("key")
                .asText();

        passes("/one", "X-API-Key", key);
        assertThat(refusal("/two", "X-API-Key", "forged")).isEqualTo("401 credentials-invalid");
        passes("/two", "X-API-Key", second);
        assertThat(refusal("/one", "X-API-Key", second)).isEqualTo("429 rate-limited");
        assertThat(refusal("/two", "X-API-Key", key)).isEqualTo("429 rate-limited");
    }

    private void passes(String path, String... headers) {
        assertThat(gateway.get(path, headers).statusCode()).isEqualTo(200);
        forwarded++;
    }

    private static String refusal(String path, String... headers) throws Exception {
        HttpResponse<String> answer = gateway.get(path, headers);
        return answer.statusCode() + " "
                + new ObjectMapper().readTree(answer.body()).path("code").asText();
    }

    private static void put(String document, String json) {
        assertThat(gateway.admin("PUT", "/api/v1/" + document, json).statusCode())
                .isLessThan(300);
    }
}
