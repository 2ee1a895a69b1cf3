package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** A node prunes the history as configured. */
class HistoryRetentionTest {
    @Test
    void revisionsBeyondTheRetentionAreDeletedAndTheOthersCanBeRestored() {
        TestDatabase database = TestPostgres.migratedDatabase();
        try (TestGateway gateway = TestGateway.start(database, TestGateway.newFolder())) {
            for (int i = 1; i <= 14; i++) {
                gateway.route("users", "/users-" + i, "http://127.0.0.1:9");
            }
        }
        try (TestGateway gateway =
                TestGateway.start(database, TestGateway.newFolder(), "history.keep=2", "history.atLeast=0s")) {
            await().until(() -> revision(gateway, "12").statusCode() == 410);

            assertThat(revision(gateway, "1").body()).contains("\"revision-pruned\"", "the oldest revision kept is 13");
            for (String path : new String[] {"12/configuration", "11/restore", "12/revert"}) {
                String method = path.contains("configuration") ? "GET" : "POST";
                HttpResponse<String> gone = gateway.admin(method, "/api/v1/revisions/" + path, "");
                assertThat(gone.statusCode()).as(path).isEqualTo(410);
            }
            assertThat(gateway.admin("GET", "/api/v1/diff?from=12", "").statusCode())
                    .isEqualTo(410);
            assertThat(gateway.admin("GET", "/api/v1/diff?from=13", "").statusCode())
                    .isEqualTo(200);
            assertThat(gateway.admin("POST", "/api/v1/revisions/13/restore", "").body())
                    .contains("\"revision\":15");
            assertThat(gateway.admin("GET", "/api/v1/routes/users", "").body()).contains("/users-13");
        }
    }

    private static HttpResponse<String> revision(TestGateway gateway, String number) {
        return gateway.admin("GET", "/api/v1/revisions/" + number, "");
    }
}
