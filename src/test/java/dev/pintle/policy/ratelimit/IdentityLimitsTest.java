package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import dev.pintle.testing.TestRedis;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rate limits by the verified identity, at a whole gateway. */
class IdentityLimitsTest {
    private static RawUpstream upstream;
    private static TestGateway gateway;
    private static String gold;
    private static String plain;

    @BeforeAll
    static void start() throws Exception {
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        gateway = TestGateway.start();
        gold = key("acme", "{\"groups\": [\"gold\"]}");
        plain = key("beta", "{}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void aGroupHasALimitOfItsOwn() {
        route(
                "plans",
                "{\"name\": \"plan\", \"requests\": 1, \"per\": \"1h\", \"key\": \"consumer\", \"groups\": {\"gold\": 3}}");

        assertThat(get("/plans", plain).statusCode()).isEqualTo(200);
        assertThat(get("/plans", plain).statusCode()).isEqualTo(429);
        HttpResponse<String> first = get("/plans", gold);
        assertThat(first.headers().firstValue("RateLimit-Policy")).contains("\"plan.gold\";q=3;w=3600");
        assertThat(get("/plans", gold).statusCode()).isEqualTo(200);
        assertThat(get("/plans", gold).statusCode()).isEqualTo(200);
        assertThat(get("/plans", gold).statusCode()).isEqualTo(429);
    }

    @Test
    void routesShareALimit() {
        String limit =
                "{\"name\": \"all\", \"requests\": 2, \"per\": \"1h\", \"key\": \"consumer\", \"sharedAs\": \"all-apis\"}";
        route("one", limit);
        route("two", limit);

        assertThat(get("/one", plain).statusCode()).isEqualTo(200);
        assertThat(get("/two", plain).statusCode()).isEqualTo(200);
        assertThat(get("/one", plain).statusCode()).isEqualTo(429);
        assertThat(get("/two", plain).statusCode()).isEqualTo(429);
        assertThat(get("/two", gold).statusCode()).isEqualTo(200);
    }

    @Test
    void routesOnDifferentNodesShareALimitInRedis() {
        TestDatabase database = TestPostgres.newDatabase();
        try (TestRedis redis = TestRedis.start();
                TestGateway one = node(database, redis);
                TestGateway two = node(database, redis)) {
            String limit =
                    ", \"rateLimits\": [{\"name\": \"all\", \"requests\": 2, \"per\": \"1h\", \"sharedAs\": \"all-apis\"}]";
            one.route("one", "/one", upstream.url(), limit);
            one.route("two", "/two", upstream.url(), limit);
            await().until(() -> two.get("/__routes").body().contains("\"two\""));

            assertThat(one.get("/one").statusCode()).isEqualTo(200);
            assertThat(two.get("/two").statusCode()).isEqualTo(200);
            assertThat(one.get("/two").statusCode()).isEqualTo(429);
            assertThat(two.get("/one").statusCode()).isEqualTo(429);
        }
    }

    private static TestGateway node(TestDatabase database, TestRedis redis) {
        return TestGateway.start(database, TestGateway.newFolder(), "rateLimits.redisUrl=" + redis.url());
    }

    @Test
    void anUnknownGroupIsRefused() {
        HttpResponse<String> refused = gateway.admin(
                "PUT",
                "/api/v1/routes/unknown",
                "{\"match\": {\"path\": \"/unknown\"}, \"upstream\": {\"targets\": [{\"url\": \"http://h\"}]},"
                        + " \"rateLimits\": [{\"groups\": {\"tin\": 1}}]}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("/rateLimits/0/groups/tin");
    }

    private static void route(String id, String limit) {
        gateway.route(
                id,
                "/" + id,
                upstream.url(),
                ", \"authentication\": {\"anyOf\": [\"apiKey\"]}, \"rateLimits\": [" + limit + "]");
    }

    private static HttpResponse<String> get(String path, String key) {
        return gateway.get(path, "X-API-Key", key);
    }

    private static String key(String consumer, String json) throws Exception {
        gateway.admin("PUT", "/api/v1/consumers/" + consumer, json);
        HttpResponse<String> created = gateway.admin("POST", "/api/v1/consumers/" + consumer + "/keys", "{}");
        return new ObjectMapper().readTree(created.body()).path("key").asText();
    }
}
