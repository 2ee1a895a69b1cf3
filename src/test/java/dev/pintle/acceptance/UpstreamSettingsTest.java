package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The settings of a route apply end to end. */
class UpstreamSettingsTest {
    private static TestGateway gateway;

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void retriesAreOnByDefault() {
        route("dead", "", fixture.dead(), well(), well());
        assertThat(statuses("/dead", 30)).containsOnly(200);
    }

    @Test
    void aCircuitOpensAndSendsRetryAfter() {
        RawUpstream broken = fixture.upstream(RawUpstream.answers(500, "broken"));
        String circuitBreaker = ", \"circuitBreaker\": {\"consecutiveFailures\": 3, \"cooldown\": \"1h\"}";
        route("broken", circuitBreaker, broken);
        assertThat(statuses("/broken", 3)).containsOnly(500);
        HttpResponse<String> refusal = gateway.get("/broken");
        assertThat(refusal.statusCode()).isEqualTo(503);
        assertThat(refusal.body()).contains("\"code\":\"circuit-open\"");
        assertThat(Integer.parseInt(refusal.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(3_500, 3_600);
        assertThat(refusal.headers().firstValue("Proxy-Status").orElseThrow()).contains("destination_unavailable");
        assertThat(gateway.metric("gateway_circuit_open{route=\"broken\",target=\"" + broken.url() + "\"}"))
                .isEqualTo(1);
    }

    @Test
    void anEditedRouteKeepsItsOpenCircuit() {
        RawUpstream broken = fixture.upstream(RawUpstream.answers(500, "broken"));
        String circuitBreaker = ", \"circuitBreaker\": {\"consecutiveFailures\": 1, \"cooldown\": \"1h\"}";
        route("edited", circuitBreaker, broken);
        gateway.get("/edited");
        for (int i = 0; i < 10; i++) {
            route("edited", circuitBreaker + ", \"description\": \"edit " + i + "\"", broken);
        }
        assertThat(gateway.get("/edited").body()).contains("circuit-open");
        assertThat(broken.requests()).hasSize(1);
    }

    @Test
    void aRouteLimitsItsConcurrentRequests() {
        RawUpstream silent = fixture.upstream(RawUpstream.neverResponds());
        route(
                "narrow",
                ", \"concurrency\": {\"maxInFlight\": 3}, \"timeout\": {\"attempt\": \"2m\", \"total\": \"2m\"}",
                silent);
        List<Thread> stuck = Stream.generate(() -> Thread.ofVirtual().unstarted(() -> send("/narrow")))
                .limit(3)
                .toList();
        stuck.forEach(Thread::start);
        await().until(() -> silent.requests().size() == 3);
        HttpResponse<String> refusal = gateway.get("/narrow");
        assertThat(refusal.statusCode()).isEqualTo(503);
        assertThat(refusal.body()).contains("\"code\":\"overloaded\"");
        assertThat(refusal.headers().firstValue("Retry-After")).contains("1");
        silent.shutDown();
    }

    @Test
    void aSlowUpstreamDoesNotAffectOtherRoutes() {
        RawUpstream silent = fixture.upstream(RawUpstream.neverResponds());
        route(
                "slow",
                ", \"concurrency\": {\"maxInFlight\": 50}, \"timeout\": {\"attempt\": \"2m\", \"total\": \"2m\"}",
                silent);
        route("fast", "", well());
        AtomicInteger refused = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            Thread.startVirtualThread(() -> {
                if (send("/slow") == 503) {
                    refused.incrementAndGet();
                }
            });
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> silent.requests().size() == 50 && refused.get() == 150);
        assertThat(statuses("/fast", 100)).containsOnly(200);
        silent.shutDown();
    }

    @Test
    void consistentHashingSendsAUserToOneTarget() {
        RawUpstream[] targets = {well(), well(), well(), well()};
        upstream("hashed", "\"loadBalancing\": \"consistent-hash\", \"hashKey\": \"header:X-User\"", targets);
        for (int i = 0; i < 40; i++) {
            gateway.get("/hashed", "X-User", "user-" + i % 10);
        }
        for (int user = 0; user < 10; user++) {
            assertThat(targetsThatReceived("user-" + user, targets)).hasSize(1);
        }
    }

    @Test
    void weightsDistributeTheRequests() {
        RawUpstream light = well();
        RawUpstream heavy = well();
        String targets = "{\"url\": \"%s\"}, {\"url\": \"%s\", \"weight\": 3}".formatted(light.url(), heavy.url());
        put("weighted", "\"targets\": [" + targets + "]", "");
        statuses("/weighted", 40);
        assertThat(light.requests()).hasSize(10);
        assertThat(heavy.requests()).hasSize(30);
    }

    @Test
    void aRouteWithoutHealthyTargetsReportsIt() {
        RawUpstream sick = fixture.upstream(RawUpstream.answers(500, "sick"));
        String check = "\"healthCheck\": {\"interval\": \"100ms\", \"unhealthyAfter\": 1}";
        upstream("sick", check, sick);
        await().until(() -> gateway.get("/sick").body().contains("no-healthy-target"));
        assertThat(gateway.get("/sick").statusCode()).isEqualTo(503);
        assertThat(sick.requests()).anyMatch(request -> request.target().equals("/healthz"));
    }

    @Test
    void anEjectedTargetLeavesTheRequestsToTheOthers() {
        RawUpstream broken = fixture.upstream(RawUpstream.answers(500, "broken"));
        upstream(
                "ejecting",
                "\"outlierDetection\": {\"consecutiveFailures\": 2, \"ejectionTime\": \"1h\"}",
                broken,
                well());
        assertThat(statuses("/ejecting", 40))
                .filteredOn(status -> status != 200)
                .hasSize(2);
    }

    private RawUpstream well() {
        return fixture.upstream(RawUpstream.answers(200, "ok"));
    }

    /**
     * Creates a route with this id and the path of the same name.
     *
     * @param further more JSON keys after a comma, or empty
     */
    private static void route(String id, String further, RawUpstream... targets) {
        put(id, targets(targets), further);
    }

    private static void upstream(String id, String settings, RawUpstream... targets) {
        put(id, targets(targets) + ", " + settings, "");
    }

    private static String targets(RawUpstream... targets) {
        return Stream.of(targets)
                .map(target -> "{\"url\": \"" + target.url() + "\"}")
                .collect(Collectors.joining(", ", "\"targets\": [", "]"));
    }

    private static void put(String id, String upstream, String further) {
        HttpResponse<String> response = gateway.admin(
                "PUT",
                "/api/v1/routes/" + id,
                "{\"match\": {\"path\": \"/%s\"}, \"upstream\": {%s}%s}".formatted(id, upstream, further));
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
    }

    private static int send(String path) {
        return gateway.get(path).statusCode();
    }

    private static List<Integer> statuses(String path, int times) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            statuses.add(send(path));
        }
        return statuses;
    }

    private static Set<String> targetsThatReceived(String user, RawUpstream... targets) {
        return Stream.of(targets)
                .filter(target -> target.requests().stream()
                        .anyMatch(request -> user.equals(request.fields().get("x-user"))))
                .map(RawUpstream::url)
                .collect(Collectors.toSet());
    }
}
