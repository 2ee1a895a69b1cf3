package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiffResourceTest {
    private static AdminApiHarness admin;

    @BeforeAll
    static void writeSixRevisions(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
        admin.put("users", route("/users"));
        admin.put("orders", route("/orders", ", \"timeout\": {\"total\": \"7s\"}, \"concurrency\": {}"));
        admin.put("users", route("/users", ", \"retry\": {\"on\": [\"connect\"]}"));
        admin.call("PUT", "/api/v1/defaults")
                .send(
                        "{\"timeout\": {\"total\": \"12s\"}, \"concurrency\": {\"maxInFlight\": 9}, \"retry\": {\"on\": [\"502\"]}}");
        admin.call("DELETE", "/api/v1/routes/orders").send();
        admin.put("users", route("/users"));
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @Test
    void anEditOfTheDefaultsListsEveryAffectedRouteAndValue() throws Exception {
        JsonNode diff = diff("from=3&to=4");

        assertThat(diff.path("from").asLong()).isEqualTo(3);
        assertThat(diff.path("to").asLong()).isEqualTo(4);
        assertThat(diff.path("summary")).hasToString("{\"create\":0,\"update\":1,\"delete\":0,\"effective\":4}");
        assertThat(diff.path("changes")).hasSize(1);
        assertThat(diff.at("/changes/0/kind").asText()).isEqualTo("defaults");
        assertThat(diff.at("/changes/0/patch")).hasSize(3);
        assertThat(lines(diff.path("effective")))
                .containsExactly(
                        "orders /concurrency/maxInFlight 512 9 defaults",
                        "orders /retry/on [\"connect\",\"reset\",\"timeout\",\"502\",\"503\",\"504\"] [\"502\"] defaults",
                        "users /concurrency/maxInFlight null 9 defaults",
                        "users /timeout/total \"30s\" \"12s\" defaults");
    }

    @Test
    void anEditOfARouteListsItsChangedEffectiveValues() throws Exception {
        assertThat(lines(diff("from=2&to=3").path("effective")))
                .containsExactly(
                        "users /retry/on [\"connect\",\"reset\",\"timeout\",\"502\",\"503\",\"504\"] [\"connect\"] route");
        assertThat(lines(diff("from=5&to=6").path("effective")))
                .containsExactly("users /retry/on [\"connect\"] [\"502\"] defaults");
        assertThat(lines(diff("from=6&to=5").path("effective")))
                .containsExactly("users /retry/on [\"502\"] [\"connect\"] route");
    }

    @Test
    void createdAndDeletedRoutesHaveNoEffectiveChanges() throws Exception {
        JsonNode diff = diff("from=4&to=5");

        assertThat(diff.path("changes"))
                .hasToString(
                        "[{\"kind\":\"route\",\"id\":\"orders\",\"op\":\"delete\",\"patch\":[{\"op\":\"remove\",\"path\":\"\"}]}]");
        assertThat(diff.path("effective")).isEmpty();
        assertThat(diff("from=5&to=4").at("/changes/0/patch/0/value/id").asText())
                .isEqualTo("orders");
    }

    @Test
    void intermediateRevisionsAreCombined() throws Exception {
        JsonNode diff = diff("from=1&to=live");

        assertThat(diff.path("to").asLong()).isEqualTo(6);
        assertThat(diff.path("changes"))
                .extracting(change -> change.path("id").asText())
                .containsExactly("defaults");
        assertThat(diff("from=0&to=2").path("changes"))
                .extracting(change -> change.path("op").asText())
                .containsExactly("create", "create");
    }

    @Test
    void theDefaultComparisonIsTheLatestChange() throws Exception {
        assertThat(diff("")).isEqualTo(diff("from=5&to=6"));
        assertThat(diff("to=4")).isEqualTo(diff("from=3&to=4"));
        assertThat(diff("from=live&to=5")).isEqualTo(diff("from=6&to=5"));
    }

    @Test
    void aRevisionDoesNotDifferFromItself() throws Exception {
        assertThat(diff("from=4&to=4").path("summary"))
                .hasToString("{\"create\":0,\"update\":0,\"delete\":0,\"effective\":0}");
        assertThat(text("from=4&to=4").body()).isEmpty();
    }

    @Test
    void plainTextIsAUnifiedDiff() throws Exception {
        Reply text = text("from=3&to=5");

        assertThat(text.field("Content-Type")).startsWith("text/plain");
        assertThat(text.body().lines().filter(line -> line.startsWith("---") || line.startsWith("+++")))
                .containsExactly(
                        "--- defaults.json\trevision 3", "+++ defaults.json\trevision 5",
                        "--- routes/orders.json\trevision 3", "+++ /dev/null\trevision 5");
        assertThat(text.body().lines()).contains("+    \"total\": \"12s\"");
        assertThat(admin.call("GET", "/api/v1/diff?from=3")
                        .with("Accept", "*/*")
                        .send()
                        .field("Content-Type"))
                .isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=7", "to=7", "from=99999999999999"})
    void anUnknownRevisionIsNotFound(String query) throws Exception {
        assertThat(admin.get("/api/v1/diff?" + query).code()).isEqualTo("no-such-revision");
        assertThat(text(query).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=x", "to=", "from=-1", "to=LIVE", "from=1.0"})
    void anInvalidRevisionNumberIsRefused(String query) throws Exception {
        assertThat(admin.get("/api/v1/diff?" + query).code()).isEqualTo("bad-request");
    }

    @Test
    void aViewerMayCompareRevisions() throws Exception {
        assertThat(admin.view("GET", "/api/v1/diff").send().status()).isEqualTo(200);
    }

    private static JsonNode diff(String query) throws Exception {
        Reply reply = admin.get("/api/v1/diff?" + query);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static Reply text(String query) throws Exception {
        return admin.call("GET", "/api/v1/diff?" + query)
                .with("Accept", "text/plain")
                .send();
    }

    private static List<String> lines(JsonNode effective) {
        return effective
                .valueStream()
                .map(change -> String.join(
                        " ",
                        change.path("route").asText(),
                        change.path("pointer").asText(),
                        change.path("from").toString(),
                        change.path("to").toString(),
                        change.path("origin").asText()))
                .toList();
    }
}
