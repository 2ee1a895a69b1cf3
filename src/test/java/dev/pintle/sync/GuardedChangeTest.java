package dev.pintle.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import dev.pintle.testing.TestRoutes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change with bounds, on two nodes, reverts as soon as its requests exceed them. */
class GuardedChangeTest {
    private static TestDatabase database;
    private static FlakyTcpProxy line;
    private static TestGateway one;
    private static TestGateway two;
    private static RawUpstream well;
    private static RawUpstream broken;

    @BeforeAll
    static void open() {
        database = TestPostgres.newDatabase().migrated();
        line = new FlakyTcpProxy(database.port());
        one = TestGateway.start(database.through(line.port()), TestGateway.newFolder());
        two = TestGateway.start(database, TestGateway.newFolder());
        well = RawUpstream.that(RawUpstream.answers(200, "well"));
        broken = RawUpstream.that(RawUpstream.answers(500, "broken"));
    }

    @AfterAll
    static void close() {
        two.close();
        one.close();
        line.close();
        well.close();
        broken.close();
    }

    @BeforeEach
    void start() throws Exception {
        one.admin("PUT", "/api/v1/routes/x?wait=applied", TestRoutes.json("/x", "", well));
        one.admin("PUT", "/api/v1/routes/other?wait=applied", TestRoutes.json("/other", "", broken));
        request(one, "/x", 20);
    }

    @Test
    void theRequestsOfAllNodesRevertAChangeThatFailsAndEveryoneSeesWhy() throws Exception {
        long revision = change("1h; errors=2%; atLeast=30", broken);
        request(one, "/x", 15);
        request(two, "/x", 15);

        eventually()
                .until(() -> one.get("/x").statusCode() == 200 && two.get("/x").statusCode() == 200);

        JsonNode latest = json(one, "/api/v1/revisions?limit=1").at("/revisions/0");
        String reason = latest.path("reason").asText();
        assertThat(latest.path("cause").asText()).isEqualTo("auto-revert");
        assertThat(reason)
                .matches("100.0% of [0-9]+ requests failed, above errors=2%; 0.0% in the five minutes before");
        assertThat(json(two, "/api/v1/nodes").at("/reverted/reason").asText()).isEqualTo(reason);
        assertThat(json(two, "/api/v1/nodes").at("/reverted/revision").asLong()).isEqualTo(revision);
        assertThat(json(two, "/api/v1/audit?limit=1").at("/entries/0/reason").asText())
                .isEqualTo(reason);
        HttpResponse<String> confirmed = two.admin("POST", "/api/v1/revisions/" + revision + "/confirm", "");
        assertThat(confirmed.statusCode()).isEqualTo(409);
        assertThat(confirmed.body()).contains("(" + reason + ")");
        String metric = "gateway_config_auto_reverts_total{reason=\"errors\"}";
        assertThat(one.metric(metric) + two.metric(metric)).isEqualTo(1);
    }

    @Test
    void aChangeWithinItsBoundsStaysThoughOtherRoutesFail() throws Exception {
        long revision = change("1h; errors=2%; p99=1m; atLeast=20", well);
        request(one, "/other", 60);
        request(two, "/x", 40);

        eventually()
                .until(() -> json(one, "/api/v1/nodes")
                                .at("/unconfirmed/since/requests")
                                .asLong()
                        == 40);

        assertThat(json(one, "/api/v1/nodes").at("/unconfirmed/since/failed").asLong())
                .isZero();
        assertThat(one.admin("POST", "/api/v1/revisions/" + revision + "/confirm", "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRouteThatFailedBeforeMayFailAsOften() throws Exception {
        request(one, "/other", 40);
        long revision = change("1h; errors=2%; atLeast=20", broken, "other");
        request(one, "/other", 40);

        eventually()
                .until(() -> json(two, "/api/v1/nodes")
                                .at("/unconfirmed/since/failed")
                                .asLong()
                        == 40);

        assertThat(json(two, "/api/v1/nodes").at("/unconfirmed/before/failed").asLong())
                .isPositive();
        assertThat(one.admin("POST", "/api/v1/revisions/" + revision + "/confirm", "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aNodeWithoutPostgresJudgesByItsOwnRequestsAndWritesTheRevertLater() throws Exception {
        long revision = change("1h; errors=2%; atLeast=30", broken);
        line.refuse();
        try {
            request(one, "/x", 30);
            eventually().until(() -> one.get("/x").statusCode() == 200);
            assertThat(two.get("/x").statusCode())
                    .as("the other node has few requests")
                    .isEqualTo(500);
        } finally {
            line.heal();
        }

        eventually().until(() -> two.get("/x").statusCode() == 200);

        JsonNode latest = json(two, "/api/v1/revisions?limit=1").at("/revisions/0");
        assertThat(latest.path("causeRevision").asLong()).isEqualTo(revision);
        assertThat(latest.path("reason").asText())
                .matches("100.0% of [0-9]+ requests failed, above errors=2%; 0.0% in the five minutes before");
    }

    private static void request(TestGateway gateway, String path, int times) {
        for (int i = 0; i < times; i++) {
            gateway.get(path);
        }
    }

    private static long change(String terms, RawUpstream upstream) throws IOException {
        return change(terms, upstream, "x");
    }

    /** Writes the route with another timeout, so that each write is a change. */
    private static long change(String terms, RawUpstream upstream, String route) throws IOException {
        String body = TestRoutes.json("/" + route, ", \"timeout\": {\"total\": \"59s\"}", upstream);
        HttpResponse<String> response = TestGateway.send(
                HttpRequest.newBuilder(URI.create(one.adminUrl() + "/api/v1/routes/" + route + "?wait=applied"))
                        .header("Authorization", "Bearer " + TestGateway.TOKEN)
                        .header("Content-Type", "application/json")
                        .header("Pintle-Confirm", terms)
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .build());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        assertThat(response.body()).contains("\"lagging\":[]");
        JsonNode json = new ObjectMapper().readTree(response.body());
        assertThat(json.path("guard").asText()).isEqualTo(terms.substring(4));
        return json.path("revision").asLong();
    }

    private static JsonNode json(TestGateway gateway, String path) throws IOException {
        return new ObjectMapper().readTree(gateway.admin("GET", path, "").body());
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }
}
