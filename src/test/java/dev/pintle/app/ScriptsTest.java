package dev.pintle.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.ChildJvm;
import dev.pintle.testing.Installation;
import dev.pintle.testing.TestDataDirectory;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts in {@code bin} start the gateway with the right options. */
class ScriptsTest {
    /** The JVM prints its flags and its version, and does not start the gateway. */
    private static final String PRINT_FLAGS = " -XX:+PrintFlagsFinal -version";

    private static Installation installation;

    @BeforeAll
    static void install() {
        installation = Installation.create();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | InitialHeapSize = 67108864 | UseCompactObjectHeaders = true",
                "-XX:+UseG1GC | UseG1GC = true | UseCompactObjectHeaders = true",
                "-XX:+UseSerialGC | UseSerialGC = true | UseCompactObjectHeaders = true",
                "-XX:+UseZGC -Xmx256m | UseZGC = true | UseCompactObjectHeaders = true",
                "-XX:-UseCompactObjectHeaders | UseCompactObjectHeaders = false | UseParallelGC = true",
                "-XX:-UseCompressedClassPointers | UseCompactObjectHeaders = false | UseParallelGC = true",
                "-Xmx40m | MaxHeapSize = 41943040 | UseParallelGC = true",
                "-Xmx40960k | MaxHeapSize = 41943040 | UseParallelGC = true",
                "-Xmx41943040 | MaxHeapSize = 41943040 | UseParallelGC = true",
                "-XX:MaxHeapSize=40m | MaxHeapSize = 41943040 | UseParallelGC = true",
                "-Xms20m -Xmx30m | InitialHeapSize = 20971520 | MaxHeapSize = 31457280",
                "-XX:InitialHeapSize=20m | InitialHeapSize = 20971520 | UseParallelGC = true",
                "-XX:MinHeapSize=100m | MinHeapSize = 104857600 | UseParallelGC = true",
                "-Xmx512m | InitialHeapSize = 67108864 | MaxHeapSize = 536870912",
                "-Xmx1g | InitialHeapSize = 67108864 | MaxHeapSize = 1073741824",
                "-XX:-ExitOnOutOfMemoryError | ExitOnOutOfMemoryError = false | UseParallelGC = true",
                "-Xshare:off | UseParallelGC = true | InitialHeapSize = 67108864",
                "@options | UseSerialGC = true | UseCompactObjectHeaders = false",
            })
    void javaOptsWinOverTheBuiltInOptions(String options, String first, String second) throws IOException {
        Path file = Files.writeString(
                installation.path().resolve("options"), "-XX:+UseSerialGC -Xmx40m -XX:-UseCompactObjectHeaders\n");
        String given = options.replace("@options", "@" + file);

        assertThat(flags(Map.of("JAVA_OPTS", given + PRINT_FLAGS))).contains(first, second);
    }

    @Test
    void theVariablesOfTheJdkAlsoWinOverTheBuiltInOptions() throws IOException {
        assertThat(flags(Map.of(
                        "JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -XX:-UseCompactObjectHeaders",
                        "JDK_JAVA_OPTIONS", "-Xmx40m",
                        "JAVA_OPTS", PRINT_FLAGS)))
                .contains("UseSerialGC = true", "UseCompactObjectHeaders = false", "MaxHeapSize = 41943040");
    }

    @Test
    void aJvmThatRejectsCompactObjectHeadersStartsWithoutThem() throws IOException {
        Path home = Files.createDirectories(installation.path().resolve("jdk"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        script(Files.createDirectory(home.resolve("bin")).resolve("java"), """
            case " $* " in
                *' -XX:+UseCompactObjectHeaders '*) exit 1 ;;
            esac
            exec '%s/bin/java' "$@"
            """.formatted(
                        System.getProperty("java.home")));

        assertThat(flags(Map.of("PINTLE_JAVA_HOME", home.toString(), "JAVA_OPTS", PRINT_FLAGS)))
                .contains("UseCompactObjectHeaders = false", "UseParallelGC = true");
    }

    /** The JVM prints a warning to standard error for a cache that it cannot use. */
    @Test
    void optionsThatConflictWithACacheDisableTheCache() throws IOException {
        Path cache = Files.writeString(installation.path().resolve("lib/pintle.aot"), "no cache");
        try {
            for (String option : List.of("-Xshare:off", "-XX:-UseCompactObjectHeaders", "-XX:+UseZGC")) {
                assertThat(flags(Map.of("JAVA_OPTS", option + PRINT_FLAGS)))
                        .as(option)
                        .contains("AOTCache = {product}");
            }
            try (ChildJvm help = installation.run(Map.of(), "pintle", "--help")) {
                assertThat(help.awaitExit()).isZero();
                assertThat(help.out()).startsWith("usage: ").doesNotContain("aot");
                assertThat(help.err()).contains("aot");
            }
        } finally {
            Files.delete(cache);
        }
    }

    @Test
    void anOptionIsNotExpandedAsAFileNamePattern() {
        try (ChildJvm help =
                installation.run(Map.of("JAVA_OPTS", "-Dpattern=/* -XshowSettings:properties"), "pintle", "--help")) {
            assertThat(help.awaitExit()).isZero();
            assertThat(help.out() + help.err()).contains("pattern = /*");
        }
    }

    @Test
    void makeRunListensOnLoopbackAndAllowsLocalIntrospection() throws Exception {
        try (ChildJvm run = makeRun(Map.of())) {
            URI gateway = gateway(run);

            assertThat(get(gateway.resolve("/__routes"))).isEqualTo(200);
            assertThat(get(gateway.resolve("/demo/hello"))).isEqualTo(200);
            assertThat(listens(otherAddress(), gateway.getPort())).isFalse();

            assertThat(run.stop()).isZero();
        }
    }

    @Test
    void theEnvironmentOverridesTheDefaultsOfMakeRun() throws Exception {
        Map<String, String> environment = Map.of("GATEWAY_HOST", "0.0.0.0", "INTROSPECTION_ALLOW", "");
        try (ChildJvm run = makeRun(environment)) {
            URI gateway = gateway(run);

            assertThat(get(gateway.resolve("/__routes"))).isEqualTo(404);
            assertThat(listens(otherAddress(), gateway.getPort())).isTrue();

            assertThat(run.stop()).isZero();
        }
    }

    @Test
    void theBuildPrintsItsProgress() throws Exception {
        Path go = installation.path().resolve("go");
        try (ChildJvm build = build("""
            echo '[INFO] Downloading from central: https://a/a.pom'
            echo '[INFO] Downloaded from central: https://a/a.pom (1 kB at 1 kB/s)'
            echo '[INFO] Downloading from central: https://a/a.jar'
            until [ -e '%1$s' ]; do sleep 0.1; done
            echo '[INFO] Downloaded from central: https://a/a.jar (1 kB at 1 kB/s)'
            echo '[INFO] --- maven-compiler-plugin:3.16.0:compile (default-compile) @ pintle ---'
            until [ -e '%1$s.on' ]; do sleep 0.1; done
            echo '[WARNING] an odd setting'\
            """.formatted(go))) {
            await().until(() -> build.err().contains("  downloading libraries, 1 so far ("));
            Files.createFile(go);
            await().until(() -> build.err().contains("  compiling ("));
            Files.createFile(go.resolveSibling("go.on"));

            assertThat(build.awaitExit()).isZero();
            assertThat(build.err())
                    .contains("[WARNING] an odd setting\n", "Built target/pintle.jar in ")
                    .doesNotContain("[INFO]");
            assertThat(build.out()).isEmpty();
        }
    }

    @Test
    void aBuildThatFailsPrintsItsErrorsAndTheirPlace() throws Exception {
        try (ChildJvm build = build("echo '[INFO] so far'; echo '[ERROR] no such class'; exit 3")) {
            assertThat(build.awaitExit()).isEqualTo(3);
            assertThat(build.err())
                    .contains("[ERROR] no such class\n", "The build failed. target/build.log")
                    .doesNotContain("[INFO]");
        }
    }

    /** Builds with a Maven that is a script. */
    private static ChildJvm build(String maven) throws IOException {
        Path tools = Files.createDirectories(installation.path().resolve("tools"));
        script(tools.resolve("mvn"), maven);
        return installation.run(Map.of("PATH", tools + ":" + System.getenv("PATH")), "build");
    }

    private static void script(Path file, String commands) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + commands + '\n');
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static ChildJvm makeRun(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of(
                "JAVA_OPTS",
                Installation.SHORT_LIVED,
                "GATEWAY_PORT",
                "0",
                "ADMIN_PORT",
                "0",
                "PINTLE_DATA",
                TestDataDirectory.withPostgres().toString()));
        all.putAll(environment);
        return installation.run(all, "run");
    }

    private static URI gateway(ChildJvm run) {
        URI gateway = URI.create(run.awaitLine("  gateway").split(" ", 2)[0]);
        await().until(() -> get(gateway.resolve("/__ready")) == 200);
        return gateway;
    }

    private static int get(URI uri) {
        return TestGateway.send(HttpRequest.newBuilder(uri).build()).statusCode();
    }

    private static boolean listens(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket(address, port)) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    /** Returns an address of this machine that accepts connections only if the server listens on all addresses. */
    private static InetAddress otherAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst()
                .orElse(InetAddress.getByName("127.0.0.2"));
    }

    /** Returns the flags of the JVM that a script starts, such as {@code UseG1GC = true}. */
    private static List<String> flags(Map<String, String> environment) {
        try (ChildJvm version = installation.run(environment, "pintle")) {
            assertThat(version.awaitExit()).as(version.out() + version.err()).isZero();
            return version.out()
                    .lines()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > 3 && words[2].equals("="))
                    .map(words -> words[1] + " = " + words[3])
                    .toList();
        }
    }
}
