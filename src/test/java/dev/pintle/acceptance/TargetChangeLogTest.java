package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.AccessLogLines;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestRoutes;
import dev.pintle.upstream.state.TargetChangeLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log and the introspection show when a target gets no requests, the reason, and the next try. */
class TargetChangeLogTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static TestGateway gateway;

    private final RawUpstream upstream = RawUpstream.that(RawUpstream.answers(500, "broken"));
    private AccessLogLines lines;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void record() {
        lines = AccessLogLines.record(TargetChangeLog.class.getName());
    }

    @AfterEach
    void close() {
        lines.close();
        gateway.admin("DELETE", "/api/v1/routes/x", "");
        upstream.close();
    }

    @Test
    void eachChangeOfACircuitIsOneLineWithItsReason() {
        circuit("500ms", 2);
        gateway.get("/x");
        gateway.get("/x");
        await().untilAsserted(() -> assertThat(lines.all())
                .singleElement()
                .asString()
                .startsWith("Circuit opened: route x, target " + upstream.url()
                        + ", 2 consecutive failures, last failure: answered 500. Next try in "));
        upstream.now(RawUpstream.answers(200, "well"));
        upstream.resetConnections();
        await().until(() -> gateway.get("/x").statusCode() == 200);
        await().untilAsserted(() -> assertThat(lines.all())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).startsWith("Circuit half-open: route x, target " + upstream.url()))
                .last()
                .asString()
                .startsWith("Circuit closed: route x, target " + upstream.url()));
    }

    @Test
    void theViewsAndTheClientGetTheReasonAndTheNextTry() {
        circuit("1h", 1);
        gateway.get("/x");
        JsonNode circuit = json("/__circuit").path("circuits").path(0);
        assertThat(circuit.path("state").asText()).isEqualTo("open");
        assertThat(circuit.path("lastFailure").path("reason").asText()).isEqualTo("answered 500");
        assertThat(circuit.path("lastFailure").path("at").asText()).isNotEmpty();
        assertThat(circuit.path("retryAt").asText()).isNotEmpty();
        assertThat(explained().path("circuits").path(0).path("lastFailure").path("reason"))
                .isEqualTo(circuit.path("lastFailure").path("reason"));
        assertThat(gateway.get("/x").body())
                .contains("the circuit of " + upstream.url()
                        + " is open; last failure 0 s ago: answered 500; next try in");
    }

    @Test
    void aReasonIsOneLineForEveryUpstreamResponse() {
        upstream.now(connection -> {
            connection.request();
            connection.write("\u001b[31mred\u0007" + "x".repeat(2_000) + "\r\n\r\n");
        });
        circuit("1h", 1);
        gateway.get("/x");
        String reason = json("/__circuit")
                .path("circuits")
                .path(0)
                .path("lastFailure")
                .path("reason")
                .asText();
        assertThat(reason).isNotEmpty().hasSizeLessThanOrEqualTo(301).doesNotContain("\u001b", "\u0007");
        await().until(() -> lines.all().size() == 1);
        assertThat(lines.all().getFirst()).contains(reason);
    }

    @Test
    void anEjectionAndItsEndAreOneLineEach() {
        RawUpstream well = RawUpstream.that(RawUpstream.answers(200, "well"));
        try (well) {
            put(
                    TestRoutes.json("/x", ", \"retry\": {\"max\": 0}", upstream, well)
                            .replace(
                                    "\"targets\"",
                                    "\"outlierDetection\": {\"consecutiveFailures\": 1, \"ejectionTime\": \"1s\"}, \"targets\""));
            await().until(() -> gateway.get("/x").statusCode() == 500);
            JsonNode target = target(json("/__circuit"));
            assertThat(target.path("state").asText()).isEqualTo("ejected");
            assertThat(target.path("lastFailure").path("reason").asText()).isEqualTo("answered 500");
            assertThat(target.path("retryAt").asText()).isNotEmpty();
            assertThat(target(explained()).path("state").asText()).isEqualTo("ejected");
            upstream.now(RawUpstream.answers(200, "recovered"));
            upstream.resetConnections();
            await().until(() -> {
                gateway.get("/x");
                return lines.all().size() == 2;
            });
            assertThat(lines.all().getFirst())
                    .startsWith("Target ejected: route x, target " + upstream.url()
                            + ", 1 consecutive failures, last failure: answered 500. Next requests in");
            assertThat(lines.all().getLast())
                    .startsWith("Target returns from its ejection: route x, target " + upstream.url());
        }
    }

    @Test
    void aTargetThatBecomesUnhealthyAndRecoversIsOneLineEach() {
        put(TestRoutes.json("/x", "", upstream)
                .replace(
                        "\"targets\"",
                        "\"healthCheck\": {\"interval\": \"100ms\", \"unhealthyAfter\": 2}, \"targets\""));
        await().until(() -> gateway.get("/x").statusCode() == 503);
        assertThat(gateway.get("/x").body()).contains("no-healthy-target").contains("answered 500");
        JsonNode target = target(json("/__circuit"));
        assertThat(target.path("state").asText()).isEqualTo("unhealthy");
        assertThat(target.path("since").asText()).isNotEmpty();
        assertThat(target.path("lastFailure").path("reason").asText()).isEqualTo("answered 500");
        upstream.now(RawUpstream.answers(200, "well"));
        upstream.resetConnections();
        await().until(() -> gateway.get("/x").statusCode() == 200);
        await().untilAsserted(() -> assertThat(lines.all())
                .containsExactly(
                        "Target unhealthy: route x, target " + upstream.url()
                                + ", 2 consecutive health checks failed, last failure: answered 500. The target gets no"
                                + " requests. Next check in 100 ms.",
                        "Target healthy: route x, target " + upstream.url()
                                + ", 2 consecutive health checks succeeded. The target gets requests again."));
    }

    private void circuit(String cooldown, int failures) {
        put(TestRoutes.json(
                "/x",
                ", \"retry\": {\"max\": 0}, \"circuitBreaker\": {\"consecutiveFailures\": " + failures
                        + ", \"cooldown\": \"" + cooldown + "\"}",
                upstream));
    }

    private static void put(String route) {
        assertThat(gateway.admin("PUT", "/api/v1/routes/x", route).statusCode()).isEqualTo(201);
    }

    private JsonNode target(JsonNode answer) {
        for (JsonNode target : answer.path("targets")) {
            if (target.path("target").asText().equals(upstream.url())) {
                return target;
            }
        }
        throw new AssertionError("no target " + upstream.url() + " in " + answer);
    }

    private static JsonNode explained() {
        return parse(gateway.admin("POST", "/api/v1/explain", "{\"method\": \"GET\", \"url\": \"http://h/x\"}")
                        .body())
                .path("now");
    }

    private static JsonNode json(String path) {
        return parse(gateway.get(path).body());
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
