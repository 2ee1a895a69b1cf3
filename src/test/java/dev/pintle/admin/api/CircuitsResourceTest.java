package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator's hand on circuits. */
class CircuitsResourceTest {
    private static AdminApiHarness desk;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        desk = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void circuitsAreListedAsTheyAre() throws Exception {
        desk.put("listed", route("/listed", ", \"circuitBreaker\": {}"));

        JsonNode circuit = of("listed", desk.get("/api/v1/circuits").json());

        assertThat(circuit.path("target").asText()).isEqualTo("http://127.0.0.1:9");
        assertThat(circuit.path("state").asText()).isEqualTo("closed");
        assertThat(circuit.path("failures").asInt(-1)).isZero();
        assertThat(circuit.has("since")).isTrue();
        assertThat(circuit.has("forced")).isFalse();
        assertThat(of("listed", desk.get("/__circuit").json())).isEqualTo(circuit);
    }

    @Test
    void whatIsForcedIsForcedOnTheNodeThatWasTold() throws Exception {
        desk.put("forced", route("/forced"));

        Reply forced = force("forced", "{\"state\": \"open\", \"duration\": \"10m\", \"reason\": \"maintenance\"}");

        assertThat(forced.status()).isEqualTo(200);
        assertThat(forced.field("Pintle-Revision"))
                .isEqualTo(Long.toString(desk.sync.current().revision()));
        JsonNode circuit = of("forced", forced.json());
        assertThat(circuit.path("state").asText()).isEqualTo("open");
        assertThat(circuit.at("/forced/state").asText()).isEqualTo("open");
        assertThat(circuit.at("/forced/reason").asText()).isEqualTo("maintenance");
        assertThat(Instant.parse(circuit.at("/forced/until").asText())).isAfter(Instant.now());
        assertThat(circuit.path("retryAt")).isEqualTo(circuit.at("/forced/until"));
    }

    @Test
    void whatIsForcedIsForcedOnEveryNode() throws Exception {
        desk.put("everywhere", route("/everywhere", ", \"circuitBreaker\": {}"));
        try (AdminApiHarness other = desk.another()) {
            force("everywhere", "{\"state\": \"open\", \"duration\": \"10m\"}");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isForced(other, "everywhere"));

            force("everywhere", "{\"state\": \"auto\"}");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !isForced(other, "everywhere"));
        }
    }

    @Test
    void leftAloneACircuitFollowsItsTargetAgain() throws Exception {
        desk.put("alone", route("/alone", ", \"circuitBreaker\": {}"));
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
    void anOrderThatCannotBeFollowedIsRefusedWithEveryFault(String order, String pointers) throws Exception {
        desk.put("strict", route("/strict"));

        Reply refused = force("strict", order);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(String.join(",", refused.pointers())).isEqualTo(pointers);
    }

    @Test
    void aRouteThatIsNotThereHasNoCircuits() throws Exception {
        assertThat(force("nowhere", "{\"state\": \"auto\"}").status()).isEqualTo(404);
    }

    @Test
    void withoutPostgresNothingIsForced(@TempDir Path folder) throws Exception {
        try (AdminApiHarness cut = new AdminApiHarness(folder)) {
            cut.put("cut", route("/cut", ", \"circuitBreaker\": {}"));
            cut.line.refuse();

            Reply refused = cut.call("PUT", "/api/v1/circuits/cut").send("{\"state\": \"open\", \"duration\": \"1m\"}");

            assertThat(refused.status()).isEqualTo(503);
            assertThat(isForced(cut, "cut")).isFalse();
        }
    }

    private static Reply force(String route, String order) throws Exception {
        return desk.call("PUT", "/api/v1/circuits/" + route).send(order);
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
