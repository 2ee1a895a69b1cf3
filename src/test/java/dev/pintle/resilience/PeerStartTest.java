package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PeerStartTest {
    @Test
    void aNodeWithAnEmptyDiskStartsDuringADatabaseOutage() throws Exception {
        TestDatabase database = TestPostgres.migratedDatabase();
        try (FlakyTcpProxy line = new FlakyTcpProxy(database.port());
                RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "from the upstream"));
                TestGateway one = node(database, line);
                TestGateway two = node(database, line);
                TestGateway three = node(database, line)) {
            one.route("users", "/users", upstream.url());
            await().until(() -> three.get("/users").statusCode() == 200);
            await().until(() -> two.get("/users").statusCode() == 200);
            line.refuse();
            String peers =
                    "peers=127.0.0.1:1,dns:localhost:%s,127.0.0.1:%s".formatted(adminPort(two), adminPort(three));
            Path folder = TestGateway.newFolder();
            try (TestGateway four = TestGateway.start(database.through(line.port()), folder, peers)) {
                assertThat(four.get("/users").body()).isEqualTo("from the upstream");
                assertThat(four.admin("GET", "/__health", "").body())
                        .contains("\"source\":\"peer\"", "from the snapshot of a peer", "\"database\":\"down\"");
                await().until(() -> Files.exists(folder.resolve("snapshot.json")));
                line.heal();
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> four.admin("GET", "/__health", "").body().contains("\"source\":\"database\""));
            }
            line.refuse();
            assertThatThrownBy(() -> TestGateway.start(database.through(line.port()), TestGateway.newFolder()))
                    .as("without peers")
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static TestGateway node(TestDatabase database, FlakyTcpProxy line) {
        return TestGateway.start(database.through(line.port()), TestGateway.newFolder(), "peers=127.0.0.1:1");
    }

    private static String adminPort(TestGateway node) {
        return node.adminUrl().substring(node.adminUrl().lastIndexOf(':') + 1);
    }
}
