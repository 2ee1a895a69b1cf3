package dev.pintle.policy.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two nodes on one database; the test is a load balancer that names the client. */
class MaintenanceTest {
    private static TestGateway gateway;
    private static TestGateway other;
    private static RawUpstream upstream;

    @BeforeAll
    static void start() {
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        TestDatabase database = TestPostgres.migratedDatabase();
        gateway = TestGateway.start(database, TestGateway.newFolder(), "trustedProxies=127.0.0.0/8");
        other = TestGateway.start(database, TestGateway.newFolder());
        gateway.route("users", "/users", upstream.url());
        gateway.route("orders", "/orders", upstream.url());
        await().until(() -> other.get("/orders").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        other.close();
        gateway.close();
        upstream.close();
    }

    @AfterEach
    void openAll() {
        gateway.admin("DELETE", "/api/v1/maintenance/users", "");
        gateway.admin("DELETE", "/api/v1/maintenance/*", "");
    }

    @Test
    void aClosedRouteAnswers503OnEveryNodeUntilItIsOpened() {
        HttpResponse<String> closed = close("users", "{\"duration\": \"30m\", \"reason\": \"The database moves.\"}");
        assertThat(closed.statusCode()).as(closed.body()).isEqualTo(200);
        assertThat(closed.body()).contains("\"route\":\"users\"", "The database moves.", "\"author\":\"admin\"");

        HttpResponse<String> refused = gateway.get("/users");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1800");
        assertThat(refused.body()).contains("\"code\":\"maintenance\"", "The database moves.");
        assertThat(gateway.get("/orders").statusCode()).isEqualTo(200);
        await().until(() -> other.get("/users").statusCode() == 503);

        assertThat(gateway.admin("DELETE", "/api/v1/maintenance/users", "").statusCode())
                .isEqualTo(204);
        assertThat(gateway.get("/users").statusCode()).isEqualTo(200);
        await().until(() -> other.get("/users").statusCode() == 200);
    }

    @Test
    void allowedClientsReachTheUpstream() {
        close("*", "{\"duration\": \"1h\", \"allow\": [\"10.0.0.0/8\"]}");

        assertThat(gateway.get("/users", "X-Forwarded-For", "10.1.2.3").statusCode())
                .isEqualTo(200);
        assertThat(gateway.get("/users", "X-Forwarded-For", "11.1.2.3").statusCode())
                .isEqualTo(503);
        assertThat(gateway.get("/orders").statusCode()).isEqualTo(503);
    }

    @Test
    void aWindowEndsOnItsOwn() {
        close("users", "{\"duration\": \"100ms\"}");

        await().until(() -> gateway.get("/users").statusCode() == 200);
        await().until(() ->
                gateway.admin("GET", "/api/v1/maintenance", "").body().equals("{\"maintenance\":[]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    users   | {"duration": "0s"}                            | 422 | /duration
                    users   | {"duration": "31d"}                           | 422 | /duration
                    users   | {"duration": 5}                               | 422 | /duration
                    users   | {}                                            | 422 | /duration
                    users   | {"duration": "1m", "reason": 5}               | 422 | /reason
                    users   | {"duration": "1m", "allow": ["a"]}            | 422 | /allow/0
                    users   | {"duration": "1m", "allow": ["fe80::1%eth0"]} | 422 | /allow/0
                    users   | {"duration": "1m", "allow": "10.0.0.0/8"}     | 422 | /allow
                    users   | {"duration": "1m", "until": "noon"}           | 422 | /until
                    users   | []                                            | 422 | JSON object
                    users   | {                                             | 400 | not-json
                    nothing | {"duration": "1m"}                            | 404 | nothing
                    """)
    void faultsAreRefusedAndCloseNothing(String route, String body, int status, String part) {
        HttpResponse<String> refused = close(route, body);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(refused.body()).contains(status == 400 ? "" : part);
        assertThat(gateway.get("/users").statusCode()).isEqualTo(200);
    }

    @Test
    void openingARouteThatDoesNotExistIs404() {
        assertThat(gateway.admin("DELETE", "/api/v1/maintenance/nothing", "").statusCode())
                .isEqualTo(404);
    }

    private static HttpResponse<String> close(String route, String body) {
        return gateway.admin("PUT", "/api/v1/maintenance/" + route, body);
    }
}
