package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.app.PintleApplication;
import dev.pintle.testing.ChildJvm;
import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The secrets of a node appear neither in logs nor in responses, also on failures. */
class SecretsTest {
    private static final List<String> QUICK = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");
    private static final String DATABASE = "secret-of-the-database";
    private static final String REDIS = "secret-of-redis";
    private static final String COLLECTOR = "secret-of-the-collector";
    private static final String EXPORT = "Failed to export";
    private static final String GUESS = "secret-of-somebody-else";

    @TempDir
    private Path folder;

    private final List<String> output = new ArrayList<>();

    @Test
    void secretsAreNotInLogsPagesProblemsExportsOrSnapshots() throws Exception {
        TestDatabase database = TestPostgres.migratedDatabase();
        try (FlakyTcpProxy line = new FlakyTcpProxy(database.port())) {
            Map<String, String> environment = Map.of(
                    "DATABASE_URL", database.through(line.port()).url(),
                    "DATABASE_PASSWORD", DATABASE,
                    "REDIS_URL", "redis://pintle:" + REDIS + "@127.0.0.1:" + deadPort(),
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + deadPort(),
                    "OTEL_EXPORTER_OTLP_HEADERS", "authorization=" + COLLECTOR);
            try (GatewayProcess gateway = GatewayProcess.start(QUICK, folder, environment)) {
                use(gateway);
                line.refuse();
                await().until(() -> gateway.get("/__health").body().contains("degraded"));
                use(gateway);
                line.heal();
                await().until(() -> write(gateway).statusCode() < 300);
                export(environment);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> gateway.output().contains(EXPORT));
                gateway.stop();
                output.add(gateway.output());
            }
            String log = output.getLast();
            assertThat(log).as("it logs an error").contains("PostgreSQL", "Redis", EXPORT);
        }
        try (Stream<Path> kept = Files.list(folder)) {
            for (Path file : kept.filter(path -> !path.endsWith("admin.token")).toList()) {
                output.add(Files.readString(file));
            }
        }
        assertThat(output)
                .hasSizeGreaterThan(20)
                .noneMatch(text -> Stream.of(DATABASE, REDIS, COLLECTOR, GUESS, TestGateway.TOKEN)
                        .anyMatch(text::contains));
    }

    private void use(GatewayProcess gateway) {
        for (String path : new String[] {"/__health", "/__routes", "/__circuit", "/__limits", "/__metrics", "/users"}) {
            record(gateway.get(path));
            record(gateway.admin("GET", path, ""));
        }
        record(write(gateway));
        record(gateway.admin("PUT", "/api/v1/routes/users", "{\"timeout\": 3"));
        record(gateway.admin("PUT", "/api/v1/routes/users", "{\"timeout\": 3}"));
        record(gateway.admin("GET", "/api/v1/limits/users?client=127.0.0.1", ""));
        record(gateway.adminWith(GUESS, "GET", "/api/v1/routes", ""));
    }

    private static HttpResponse<String> write(GatewayProcess gateway) {
        return gateway.admin("PUT", "/api/v1/routes/users", """
                {"match": {"path": "/users"}, "upstream": {"targets": [{"url": "http://127.0.0.1:9"}]}, "rateLimits": [{}]}""");
    }

    private void export(Map<String, String> environment) {
        try (ChildJvm export =
                ChildJvm.start(QUICK, PintleApplication.class, environment, "routes", "export", "config.yml")) {
            assertThat(export.awaitExit()).isZero();
            assertThat(export.out()).contains("/users");
            output.add(export.out() + export.err());
        }
    }

    private void record(HttpResponse<String> response) {
        output.add(response.headers().map() + response.body());
    }

    private static int deadPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
