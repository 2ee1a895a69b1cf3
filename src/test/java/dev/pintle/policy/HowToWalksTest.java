package dev.pintle.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.PageWalk;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestIssuer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of pages in docs/how-to do what the pages say. */
class HowToWalksTest {
    private static TestGateway gateway;
    private static RawUpstream upstream;

    @BeforeAll
    static void start() {
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void aPageOfAnotherOriginMayReadTheResponses() throws Exception {
        gateway.route("users", "/users", upstream.url());

        assertThat(walk("cors.md")).isEqualTo(3);
    }

    @Test
    void theGatewayRedirectsAndAnswersWithoutAnUpstream() throws Exception {
        assertThat(walk("redirect-and-respond.md")).isEqualTo(6);
    }

    @Test
    void aRouteIsClosedForMaintenance() throws Exception {
        gateway.route("users", "/users", upstream.url());

        assertThat(walk("maintenance.md")).isEqualTo(3);
    }

    @Test
    void theGatewayEditsHeaders() throws Exception {
        gateway.route("users", "/users", upstream.url());

        assertThat(walk("edit-headers.md")).isEqualTo(2);
        assertThat(upstream.requests().getLast().field("x-real-ip")).isEqualTo("127.0.0.1");
    }

    @Test
    void onlySomeNetworksReachARoute() throws Exception {
        gateway.route("users", "/users", upstream.url());

        assertThat(walk("restrict-by-address.md")).isEqualTo(2);
    }

    @Test
    void aRouteIsProtectedWithTokens() throws Exception {
        gateway.route("orders", "/orders", upstream.url());
        try (TestIssuer issuer = new TestIssuer()) {
            String token = issuer.token(issuer.claims(",\"realm_access\":{\"roles\":[\"user\",\"orders-admin\"]}"));
            assertThat(walk(
                            "protect-a-route-with-jwt.md",
                            Map.of("https://id.example.com", issuer.url(), "$CLIENT_TOKEN", token)))
                    .isEqualTo(9);
        }
    }

    @Test
    void aPageIsBehindAnAuthorizationService() throws Exception {
        gateway.route("users", "/users", upstream.url());
        try (RawUpstream auth = RawUpstream.that(connection -> {
            for (var request = connection.request(); request != null; request = connection.request()) {
                if (request.field("Cookie") == null) {
                    connection.answer(302, "Location: https://login.example.com/?rd=users", "");
                } else {
                    connection.answer(200, "Remote-User: ada", "");
                }
            }
        })) {
            assertThat(walk("external-authentication.md", Map.of("http://auth:9000", auth.url())))
                    .isEqualTo(3);
            assertThat(upstream.requests().getLast().fields()).containsEntry("remote-user", "ada");
        }
    }

    @Test
    void consumersHaveKeysAndPlans(@TempDir Path folder) throws Exception {
        gateway.route("reports", "/reports", upstream.url());

        assertThat(walk(
                        "api-keys-with-plans.md",
                        Map.of("key.json", folder.resolve("key.json").toString())))
                .isEqualTo(6);
    }

    private static int walk(String page) throws Exception {
        return walk(page, Map.of());
    }

    private static int walk(String page, Map<String, String> more) throws Exception {
        Map<String, String> addresses = new HashMap<>(more);
        addresses.put("http://127.0.0.1:8081", gateway.adminUrl());
        addresses.put("http://127.0.0.1:8080", gateway.url());
        return new PageWalk(page, addresses).run();
    }
}
