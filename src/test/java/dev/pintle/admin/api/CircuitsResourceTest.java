package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators force and release circuits. */
class CircuitsResourceTest {
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
    void circuitsAreListedWithTheirState() throws Exception {
        admin.put("listed", route("/listed", ", \"circuitBreaker\": {}"));

        JsonNode circuit = of("listed", admin.get("/api/v1/circuits").json());

        assertThat(circuit.path("target").asText()).isEqualTo("http://127.0.0.1:9");
        assertThat(circuit.path("state").asText()).isEqualTo("closed");
        assertThat(circuit.path("failures").asInt(-1)).isZero();
        assertThat(circuit.has("since")).isTrue();
        assertThat(circuit.has("forced")).isFalse();
        assertThat(of("listed", admin.get("/__circuit").json())).isEqualTo(circuit);
    }

    @Test
    void anOverrideAppliesToTheReceivingNodeImmediately() throws Exception {
        admin.put("forced", route("/forced"));

        Reply forced = force("forced", "{\"state\": \"open\", \"duration\": \"10m\", \"reason\": \"maintenance\"}");

        assertThat(forced.status()).isEqualTo(200);
        assertThat(forced.field("Pintle-Revision"))
                .isEqualTo(Long.toString(admin.sync.current().revision()));
        JsonNode circuit = of("forced", forced.json());
        assertThat(circuit.path("state").asText()).isEqualTo("open");
        assertThat(circuit.at("/forced/state").asText()).isEqualTo("open");
        assertThat(circuit.at("/forced/reason").asText()).isEqualTo("maintenance");
        assertThat(Instant.parse(circuit.at("/forced/until").asText())).isAfter(Instant.now());
        assertThat(circuit.path("retryAt")).isEqualTo(circuit.at("/forced/until"));
    }

    @Test
    void anOverrideAppliesToEveryNode() throws Exception {
        admin.put("everywhere", route("/everywhere", ", \"circuitBreaker\": {}"));
        try (AdminApiHarness other = admin.another()) {
            force("everywhere", "{\"state\": \"open\", \"duration\": \"10m\"}");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isForced(other, "everywhere"));

            force("everywhere", "{\"state\": \"auto\"}");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !isForced(other, "everywhere"));
        }
    }

    @Test
    void aReleasedCircuitFollowsItsTargetAgain() throws Exception {
        admin.put("alone", route("/alone", ", \"circuitBreaker\": {}"));
        force("alone", "{\"state\": \"closed\", \"duration\": \"1h\"}");

        JsonNode circuit = of("alone", force("alone", "{\"state\": \"auto\"}").json());

        assertThat(circuit.has("forced")).isFalse();
        assertThat(circuit.path("state").asText()).isEqualTo("closed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | /state,/duration",
                "{\"state\": \"half-open\", \"duration\": \"1m\"} | /state",
                "{\"state\": \"open\"} | /duration",
                "{\"state\": \"open\", \"duration\": 10} | /duration",
                "{\"state\": \"open\", \"duration\": \"10\"} | /duration",
                "{\"state\": \"open\", \"duration\": \"0s\"} | /duration",
                "{\"state\": \"open\", \"duration\": \"31d\"} | /duration",
                "{\"state\": \"open\", \"duration\": \"1m\", \"reason\": 1} | /reason",
                "{\"state\": \"open\", \"duration\": \"1m\", \"reason\": \"a\\u0000b\"} | /reason",
                "{\"state\": \"open\", \"duration\": \"1m\", \"reason\": \"\\ud800\"} | /reason",
                "{\"state\": \"auto\", \"why\": \"\"} | /why",
                "[] | ``",
            })
    void anInvalidOverrideIsRefusedWithAllViolations(String order, String pointers) throws Exception {
        admin.put("strict", route("/strict"));

        Reply refused = force("strict", order);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(String.join(",", refused.pointers())).isEqualTo(pointers);
    }

    @Test
    void aMissingRouteHasNoCircuits() throws Exception {
        assertThat(force("nowhere", "{\"state\": \"auto\"}").status()).isEqualTo(404);
    }

    @Test
    void withoutPostgresAnOverrideAppliesLocally(@TempDir Path folder) throws Exception {
        try (AdminApiHarness cut = new AdminApiHarness(folder);
                AdminApiHarness other = cut.another()) {
            cut.put("cut", route("/cut", ", \"circuitBreaker\": {}"));
            other.sync.catchUp();
            cut.line.refuse();

            Reply forced = cut.call("PUT", "/api/v1/circuits/cut").send("{\"state\": \"open\", \"duration\": \"10m\"}");

            assertThat(forced.status()).isEqualTo(200);
            assertThat(forced.json().path("local").asBoolean()).isTrue();
            assertThat(of("cut", forced.json()).path("state").asText()).isEqualTo("open");
            assertThat(of("cut", cut.get("/__circuit").json())
                            .at("/forced/local")
                            .asBoolean())
                    .isTrue();

            cut.line.heal();
            for (AdminApiHarness node : new AdminApiHarness[] {cut, other}) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> of("cut", node.get("/__circuit").json())
                                        .at("/forced/local")
                                        .isBoolean()
                                && !of("cut", node.get("/__circuit").json())
                                        .at("/forced/local")
                                        .asBoolean());
            }
        }
    }

    @Test
    void withoutPostgresAReleaseAppliesLocally(@TempDir Path folder) throws Exception {
        try (AdminApiHarness cut = new AdminApiHarness(folder)) {
            cut.put("cut", route("/cut", ", \"circuitBreaker\": {}"));
            cut.call("PUT", "/api/v1/circuits/cut").send("{\"state\": \"open\", \"duration\": \"10m\"}");
            cut.line.refuse();

            Reply released = cut.call("PUT", "/api/v1/circuits/cut").send("{\"state\": \"auto\"}");

            assertThat(released.status()).isEqualTo(200);
            assertThat(released.json().path("local").asBoolean()).isTrue();
            assertThat(isForced(cut, "cut")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT2H", "PT2H", "-P400D"})
    void anOverrideDoesNotDependOnTheClockOfTheNode(Duration off, @TempDir Path folder) throws Exception {
        try (AdminApiHarness skewed = new AdminApiHarness(folder, Clock.offset(Clock.systemUTC(), off));
                AdminApiHarness other = skewed.another()) {
            skewed.put("skewed", route("/skewed", ", \"circuitBreaker\": {}"));
            other.sync.catchUp();
            Instant before = Instant.now();

            Reply forced =
                    skewed.call("PUT", "/api/v1/circuits/skewed").send("{\"state\": \"open\", \"duration\": \"10m\"}");

            assertThat(of("skewed", forced.json()).path("state").asText()).isEqualTo("open");
            assertThat(Instant.parse(
                            of("skewed", forced.json()).at("/forced/until").asText()))
                    .isBetween(before.plusSeconds(599), Instant.now().plusSeconds(600));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isForced(other, "skewed"));

            other.call("PUT", "/api/v1/circuits/skewed").send("{\"state\": \"closed\", \"duration\": \"1s\"}");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !isForced(skewed, "skewed"));
        }
    }

    private static Reply force(String route, String order) throws Exception {
        return admin.call("PUT", "/api/v1/circuits/" + route).send(order);
    }

    private static boolean isForced(AdminApiHarness node, String route) throws Exception {
        return of(route, node.get("/__circuit").json()).has("forced");
    }

    private static JsonNode of(String route, JsonNode report) {
        for (JsonNode circuit : report.path("circuits")) {
            if (circuit.path("route").asText().equals(route)) {
                return circuit;
            }
        }
        throw new AssertionError("no circuit of " + route + " in " + report);
    }
}
