package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.http.Body;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Headers;
import dev.pintle.routing.Route;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import dev.pintle.testing.Exchanges;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators read and reset the rate limits of clients. */
class LimitsResourceTest {
    private static final String CLIENT = "203.0.113.9";

    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @Test
    void theLevelOfAClientIsShown() throws Exception {
        limited("shown", "client");
        spend(admin, "shown", 4);

        JsonNode level = admin.get("/api/v1/limits/shown?client=" + CLIENT).json();

        assertThat(level.path("route").asText()).isEqualTo("shown");
        JsonNode limit = level.at("/limits/0");
        assertThat(limit.path("name").asText()).isEqualTo("client");
        assertThat(limit.path("key").asText()).isEqualTo("client");
        assertThat(limit.path("left").asInt()).isEqualTo(6);
        assertThat(limit.path("burst").asInt()).isEqualTo(10);
        assertThat(limit.path("nextInSeconds").asDouble()).isPositive();
    }

    @Test
    void aResetFillsTheBucketOnEveryNode() throws Exception {
        limited("reset", "client");
        try (AdminApiHarness other = admin.another()) {
            spend(admin, "reset", 10);
            spend(other, "reset", 10);

            Reply reset = admin.call("DELETE", "/api/v1/limits/reset?client=" + CLIENT)
                    .send();

            assertThat(reset.status()).isEqualTo(204);
            assertThat(left(admin, "reset")).isEqualTo(10);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> left(other, "reset") == 10);
        }
    }

    @Test
    void aLimitOfTheWholeRouteNeedsNoClient() throws Exception {
        limited("whole", "route");
        spend(admin, "whole", 3);

        assertThat(admin.get("/api/v1/limits/whole").json().at("/limits/0/left").asInt())
                .isEqualTo(7);
    }

    @Test
    void aLimitPerClientRequiresTheClient() throws Exception {
        limited("whose", "client");

        Reply refused = admin.get("/api/v1/limits/whose");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText()).contains("?client=");
    }

    @Test
    void aRouteWithoutALimitIsReported() throws Exception {
        admin.put("free", route("/free"));

        assertThat(admin.get("/api/v1/limits/free?client=" + CLIENT).status()).isEqualTo(404);
        assertThat(admin.call("DELETE", "/api/v1/limits/free?client=" + CLIENT)
                        .send()
                        .status())
                .isEqualTo(404);
        assertThat(admin.get("/api/v1/limits/nowhere?client=" + CLIENT).status())
                .isEqualTo(404);
    }

    @Test
    void theValueOfAHeaderIsNotStored() throws Exception {
        limited("secret", "header:X-Api-Key");

        admin.call("DELETE", "/api/v1/limits/secret?client=hush-hush").send();

        assertThat(admin.query("select bucket from limit_reset where route = 'secret'"))
                .doesNotContain("hush");
    }

    @Test
    void concurrencyLimitsAreListedWithRateLimits() throws Exception {
        admin.put("both", route("/both", """
                , "rateLimits": [{"requests": 10, "per": "1m"}], "concurrency": {"maxInFlight": 7}"""));
        spend(admin, "both", 11);

        JsonNode limits = admin.get("/__limits").json();

        assertThat(limits.path("mode").asText()).isEqualTo("local");
        JsonNode limit = of("both", limits.path("limits"));
        assertThat(limit.path("requests").asInt()).isEqualTo(10);
        assertThat(limit.path("per").asText()).isEqualTo("1m");
        assertThat(limit.path("key").asText()).isEqualTo("client");
        assertThat(limit.path("allowed").asInt()).isEqualTo(10);
        assertThat(limit.path("refused").asInt()).isEqualTo(1);
        assertThat(limit.path("name").asText()).isEqualTo("client");
        assertThat(of("both", limits.path("depleted")).path("limit").asText()).isEqualTo("client");
        assertThat(of("both", limits.path("depleted")).path("key").asText()).isEqualTo("203.0.11…");
        assertThat(of("both", limits.path("concurrency")).path("maxInFlight").asInt())
                .isEqualTo(7);
        assertThat(of("both", limits.path("concurrency")).path("inUse").asInt()).isZero();
    }

    private static void limited(String id, String key) throws Exception {
        Reply written = admin.put(id, route("/" + id, """
                , "rateLimits": [{"requests": 10, "per": "1d", "key": "%s"}]""".formatted(key)));
        assertThat(written.status()).as(written.body()).isEqualTo(201);
    }

    private static int left(AdminApiHarness node, String id) throws Exception {
        return node.get("/api/v1/limits/" + id + "?client=" + CLIENT)
                .json()
                .at("/limits/0/left")
                .asInt();
    }

    /** Sends requests of a client through a route without an upstream, to use up its limit. */
    private static void spend(AdminApiHarness node, String id, int requests) {
        Route route = node.live.current().routes().stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < requests; i++) {
            TimeBudget budget = new TimeBudget(Duration.ofSeconds(10), Ticker.SYSTEM);
            FinalResponse answer = (FinalResponse)
                    route.handler().handle(Exchanges.of("GET", "/" + id, Headers.EMPTY, Body.EMPTY, CLIENT, budget));
            Exchanges.text(answer);
        }
    }

    private static JsonNode of(String route, JsonNode entries) {
        for (JsonNode entry : entries) {
            if (entry.path("route").asText().equals(route)) {
                return entry;
            }
        }
        throw new AssertionError("nothing about " + route + " in " + entries);
    }
}
