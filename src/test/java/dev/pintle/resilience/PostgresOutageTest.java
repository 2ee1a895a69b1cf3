package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * During an outage of PostgreSQL, traffic continues, a restart uses the snapshot, writes fail, and everything recovers
 * afterwards.
 */
class PostgresOutageTest {
    @Test
    void theGatewayContinuesAndStartsFromItsSnapshot() {
        TestDatabase database = TestPostgres.migratedDatabase();
        try (FlakyTcpProxy line = new FlakyTcpProxy(database.port());
                RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"))) {
            TestGateway first = TestGateway.start(database.through(line.port()), TestGateway.newFolder());
            first.route("x", "/x", upstream.url());
            line.refuse();
            await().untilAsserted(
                            () -> assertThat(first.get("/__health").body()).contains("degraded"));
            assertThat(first.get("/x").body()).isEqualTo("hello");
            HttpResponse<String> refused = first.admin("DELETE", "/api/v1/routes/x", "");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(first.admin("GET", "/api/v1/routes/x", "").statusCode()).isEqualTo(200);
            first.stop();

            try (TestGateway second = TestGateway.start(database.through(line.port()), first.folder())) {
                assertThat(second.get("/x").body()).isEqualTo("hello");
                assertThat(second.get("/__routes").body()).contains("\"source\":\"snapshot\"");
                line.heal();
                await().untilAsserted(
                                () -> assertThat(second.get("/__health").body()).contains("\"up\""));
                second.route("y", "/y", upstream.url());
                assertThat(second.get("/y").body()).isEqualTo("hello");
                assertThat(second.get("/__routes").body()).contains("\"source\":\"database\"");
            }
        }
    }

    @Test
    void aSilentPostgresStopsNeitherTrafficNorAStart() {
        TestDatabase database = TestPostgres.migratedDatabase();
        try (FlakyTcpProxy line = new FlakyTcpProxy(database.port());
                RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"))) {
            TestGateway first = TestGateway.start(database.through(line.port()), TestGateway.newFolder());
            first.route("x", "/x", upstream.url());
            line.stall();
            assertThat(first.get("/x").body()).isEqualTo("hello");
            first.stop();

            try (TestGateway second = TestGateway.start(database.through(line.port()), first.folder())) {
                assertThat(second.get("/x").body()).isEqualTo("hello");
                assertThat(second.get("/__health").body()).contains("degraded");
                line.heal();
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(
                                () -> assertThat(second.get("/__health").body()).contains("\"up\""));
            }
        }
    }
}
