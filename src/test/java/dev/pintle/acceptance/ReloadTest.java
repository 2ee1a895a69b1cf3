package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import org.junit.jupiter.api.Test;

/** A node serves the changes that another node accepted. */
class ReloadTest {
    @Test
    void aWriteOnOneNodeIsServedByTheOther() {
        TestDatabase database = TestPostgres.migratedDatabase();
        try (RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
                TestGateway one = TestGateway.start(database, TestGateway.newFolder());
                TestGateway other = TestGateway.start(database, TestGateway.newFolder())) {
            one.route("x", "/x", upstream.url());
            assertThat(one.get("/x").body()).isEqualTo("hello");
            await().until(() -> other.get("/x").statusCode() == 200);
            other.admin("DELETE", "/api/v1/routes/x", "");
            assertThat(other.get("/x").statusCode()).isEqualTo(404);
            await().until(() -> one.get("/x").statusCode() == 404);
        }
    }

    @Test
    void aRouteThatIsAddedAgainCountsTheRequestsInFlight() {
        String one = ", \"concurrency\": {\"maxInFlight\": 1}";
        try (RawUpstream upstream = RawUpstream.that(RawUpstream.neverResponds());
                TestGateway gateway = TestGateway.start();
                RawClient client = gateway.connect()) {
            gateway.route("x", "/x", upstream.url(), one);
            client.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
            await().until(() -> upstream.requests().size() == 1);
            gateway.admin("DELETE", "/api/v1/routes/x", "");
            gateway.route("x", "/x", upstream.url(), one);
            assertThat(gateway.get("/x").statusCode()).isEqualTo(503);
            client.reset();
            await().until(() -> upstream.open() == 0);
            upstream.now(RawUpstream.answers(200, "hello"));
            await().until(() -> gateway.get("/x").statusCode() == 200);
        }
    }
}
