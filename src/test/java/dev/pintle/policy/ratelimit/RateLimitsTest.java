package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several limits of a route, over real sockets. The test acts as a load balancer that sets the client addresses. */
class RateLimitsTest {
    private static TestGateway gateway;
    private static RawUpstream upstream;

    @BeforeAll
    static void start() {
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        gateway = TestGateway.start("trustedProxies=127.0.0.0/8");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void everyLimitMustAdmitAndARejectionCostsTheOthersNothing() {
        route("two", """
                [{"requests": 2, "per": "1d"}, {"key": "route", "requests": 3, "per": "1d"}]""");

        assertThat(status("/two", "192.0.2.1")).isEqualTo(200);
        assertThat(status("/two", "192.0.2.1")).isEqualTo(200);
        assertThat(status("/two", "192.0.2.1")).isEqualTo(429);
        assertThat(status("/two", "192.0.2.1")).isEqualTo(429);
        assertThat(status("/two", "192.0.2.2")).isEqualTo(200);
        assertThat(status("/two", "192.0.2.2")).isEqualTo(429);
    }

    @Test
    void responsesListEveryLimitByItsName() {
        route("listed", """
                [{"name": "burst", "requests": 5, "per": "1s"}, {"key": "route", "requests": 100, "per": "1d"}]""");

        HttpResponse<String> response = gateway.get("/listed");

        assertThat(String.join(", ", response.headers().allValues("RateLimit-Policy")))
                .contains("\"burst\"", "\"route\"");
    }

    @Test
    void anEditKeepsTheLevelsOfUnchangedLimits() {
        route("edited", "[{\"name\": \"kept\", \"requests\": 1, \"per\": \"1d\"}]");
        assertThat(status("/edited", "192.0.2.1")).isEqualTo(200);

        route(
                "edited",
                "[{\"name\": \"new\", \"requests\": 9, \"per\": \"1d\"}, {\"name\": \"kept\", \"requests\": 1, \"per\": \"1d\"}]");
        assertThat(status("/edited", "192.0.2.1")).isEqualTo(429);
        gateway.route("edited", "/edited", upstream.url());
        assertThat(status("/edited", "192.0.2.1")).isEqualTo(200);
        route("edited", "[{\"name\": \"kept\", \"requests\": 1, \"per\": \"1d\"}]");
        assertThat(status("/edited", "192.0.2.1")).isEqualTo(429);
    }

    @Test
    void aListReplacesTheListOfTheDefaults() {
        gateway.admin("PUT", "/api/v1/defaults", "{\"rateLimits\": [{\"requests\": 1, \"per\": \"1d\"}]}");
        gateway.route("plain", "/plain", upstream.url());
        route("own", "[{\"key\": \"route\", \"requests\": 2, \"per\": \"1d\"}]");

        assertThat(status("/plain", "192.0.2.1")).isEqualTo(200);
        assertThat(status("/plain", "192.0.2.1")).isEqualTo(429);
        assertThat(status("/own", "192.0.2.1")).isEqualTo(200);
        assertThat(status("/own", "192.0.2.1")).isEqualTo(200);
        assertThat(status("/own", "192.0.2.1")).isEqualTo(429);
        gateway.admin("PUT", "/api/v1/defaults", "{}");
    }

    private static int status(String path, String client) {
        return gateway.get(path, "X-Forwarded-For", client).statusCode();
    }

    private static void route(String id, String limits) {
        gateway.route(id, "/" + id, upstream.url(), ", \"rateLimits\": " + limits);
    }
}
