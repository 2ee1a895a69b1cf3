package dev.pintle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.util.JarLocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code server} refuses invalid settings, in this process. {@link StartTest} has the exit of a process. */
class RefusedStartTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rateLimits: {redisUrl: 'http://localhost'} | REDIS_URL must have the form redis://",
                "rateLimits: {redisUrl: 'redis://:secret@localhost/x'} | REDIS_URL names a database that is not a"
                        + " number",
                "rateLimits: {redisUrl: 'redis-sentinel://localhost'} | REDIS_URL must name the master",
                "database: {url: 'mysql://localhost/pintle'} | database.url",
                "trustedProxies: [somewhere] | \"somewhere\"",
                "adminToken: short | 16",
                "adminTokens: [{name: ci, role: root, sha256: secret}] | has the role \"root\"",
                "adminTokens: [{name: ci, role: viewer, sha256: secret}] | 64 hex digits",
                "server: {type: simple} | server.type in config.yml must be \"gateway\"",
                "maxRequest: 5 | maxRequest",
            })
    void anInvalidSettingIsRefusedInOneSentence(String setting, String sentence) throws Exception {
        String database = setting.startsWith("database") ? "" : "database: {url: 'postgres://localhost:1/x'}\n";
        Path file = Files.writeString(folder.resolve("config.yml"), database + setting + "\ndata: " + folder + '\n');

        assertThat(refusal(Map.of(), file.toString())).contains(sentence);
    }

    @Test
    void anUnavailableDatabaseAtTheFirstStartIsReported() throws Exception {
        String url = "postgres://ada:secret@127.0.0.1:" + deadPort() + "/pintle";

        assertThat(refusal(Map.of("DATABASE_URL", url), "config.yml")).contains("refused");
    }

    @Test
    void anAdminPortInUseIsReportedWithTheRemedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(refusal(withDatabase("ADMIN_PORT", Integer.toString(port)), "config.yml"))
                    .contains("Cannot listen on port " + port + " of 127.0.0.1 (ADMIN_PORT, ADMIN_HOST):"
                            + " another process listens there. Stop it, or set ADMIN_PORT to a free port.");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsReportedWithTheRemedy() {
        assertThat(refusal(withDatabase("GATEWAY_HOST", "192.0.2.1"), "config.yml"))
                .contains("of 192.0.2.1 (GATEWAY_PORT, GATEWAY_HOST):"
                        + " this machine does not have that address. Set GATEWAY_HOST");
    }

    @Test
    void anUnresolvableHostIsReportedWithTheRemedy() {
        assertThat(refusal(withDatabase("ADMIN_HOST", "nowhere.invalid"), "config.yml"))
                .contains("of nowhere.invalid (ADMIN_PORT, ADMIN_HOST):"
                        + " the host name cannot be resolved. Set ADMIN_HOST");
    }

    @Test
    void aDataDirectoryThatOthersCanReadIsRefusedWithTheRemedy() throws Exception {
        Files.createFile(folder.resolve("diary.txt"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(refusal(withDatabase("PINTLE_DATA", folder.toString()), "config.yml"))
                .contains(
                        "Other users can access the data directory " + folder + " (rwxr-xr-x)",
                        "chmod go-rwx " + folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"somewhere", "127.0.0.1/33", "127.0.0.1,somewhere"})
    void anInvalidIntrospectionListIsRefusedWithoutQuotingIt(String list) {
        assertThat(refusal(withDatabase("INTROSPECTION_ALLOW", list), "config.yml"))
                .contains("INTROSPECTION_ALLOW (introspection.allow)", "10.0.0.0/8")
                .doesNotContain("somewhere", "127.0.0.1/33");
    }

    private static Map<String, String> withDatabase(String name, String value) {
        return Map.of("DATABASE_URL", TestPostgres.migratedDatabase().url(), name, value);
    }

    /** Runs the command as the process does, and returns the standard error of the refusal. */
    private String refusal(Map<String, String> environment, String configuration) {
        Map<String, String> all = new HashMap<>(Map.of(
                "GATEWAY_PORT", "0",
                "GATEWAY_HOST", "127.0.0.1",
                "ADMIN_PORT", "0",
                "SHUTDOWN_DELAY", "0s",
                "PINTLE_ADMIN_TOKEN", TestGateway.TOKEN,
                "PINTLE_DATA", folder.toString()));
        all.putAll(environment);
        PintleApplication application = new PintleApplication();
        Bootstrap<PintleConfiguration> bootstrap = new Bootstrap<>(application);
        application.addDefaultCommands(bootstrap);
        application.initialize(bootstrap);
        bootstrap.setConfigurationFactoryFactory((type, validator, mapper, propertyPrefix) ->
                new YamlConfigurationReader<>(type, validator, mapper, propertyPrefix, all::get));
        bootstrap.registerMetrics();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Cli cli = new Cli(
                new JarLocation(PintleApplication.class),
                bootstrap,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(cli.run("server", configuration)).as("the failure").isPresent();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        return assertThat(err.toString(StandardCharsets.UTF_8))
                .doesNotContain("\tat ", "Exception", "secret")
                .actual();
    }

    private static int deadPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
