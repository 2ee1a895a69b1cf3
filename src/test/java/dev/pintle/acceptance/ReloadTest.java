package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import org.junit.jupiter.api.Test;

/** What one node took, the other serves. */
class ReloadTest {
    @Test
    void aWriteOnOneNodeIsServedByTheOther() {
        TestDatabase database = TestPostgres.newDatabase();
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
}
