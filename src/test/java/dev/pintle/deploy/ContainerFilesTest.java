package dev.pintle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.pintle.testing.RawUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Dockerfile and compose.yaml name files, ports and variables that exist, and agree with the image of {@code make image}. */
class ContainerFilesTest {
    private static final Pattern ENV = Pattern.compile("(\\w+)=(\\S+)");

    /** The keys of the Compose Specification that the file uses. */
    private static final Map<String, Set<String>> KEYS = Map.of(
            "", Set.of("name", "services", "volumes", "configs"),
            "service",
                    Set.of(
                            "build",
                            "cap_drop",
                            "command",
                            "configs",
                            "depends_on",
                            "environment",
                            "healthcheck",
                            "image",
                            "mem_limit",
                            "ports",
                            "read_only",
                            "restart",
                            "security_opt",
                            "stop_grace_period",
                            "tmpfs",
                            "volumes"));

    private static List<String> dockerfile(String instruction) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("Dockerfile"))) {
            return lines.filter(line -> line.startsWith(instruction + ' '))
                    .map(line -> line.substring(instruction.length() + 1))
                    .toList();
        }
    }

    private static JsonNode compose() throws IOException {
        return new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("compose.yaml").toFile());
    }

    @Test
    void theDockerfileCopiesFilesThatExistAndThatDockerSees() throws IOException {
        List<String> sent = Files.readAllLines(Path.of(".dockerignore"));
        for (String copy : dockerfile("COPY")) {
            List<String> words = List.of(copy.split(" ", -1));
            for (String source : words.subList(0, words.size() - 1)) {
                assertThat(source.equals("target/pintle.jar") || Files.exists(Path.of(source)))
                        .as(source)
                        .isTrue();
                assertThat(sent).anyMatch(line -> line.startsWith("!") && source.startsWith(line.substring(1)));
            }
        }
    }

    @Test
    void theDockerfileAgreesWithTheImageThatNeedsNoDocker() throws IOException {
        String image = Files.readString(Path.of("deploy/image/BuildImage.java"));
        for (String env : dockerfile("ENV")) {
            ENV.matcher(env)
                    .results()
                    .forEach(variable -> assertThat(image).contains('"' + variable.group(1) + "\", \""));
            assertThat(ENV.matcher(env)
                            .results()
                            .map(variable -> variable.group(1))
                            .filter(name -> !name.equals("PINTLE_JAVA_HOME")))
                    .isSubsetOf(GatewayVariables.read());
        }
        assertThat(image).contains("USER = \"" + dockerfile("USER").getFirst() + '"');
        assertThat(dockerfile("ENTRYPOINT")).containsExactly("[\"/opt/pintle/bin/pintle\"]");
        assertThat(image)
                .contains(
                        ".setEntrypoint(\"/opt/pintle/bin/pintle\")",
                        ".setProgramArguments(\"server\", \"config.yml\")");
        assertThat(dockerfile("CMD")).containsExactly("[\"server\", \"config.yml\"]");
        assertThat(dockerfile("WORKDIR")).containsExactly("/opt/pintle");
        for (String port : dockerfile("EXPOSE").getFirst().split(" ", -1)) {
            assertThat(image).contains("Port.tcp(" + port + ")");
        }
        assertThat(dockerfile("EXPOSE"))
                .containsExactly(
                        GatewayVariables.builtIn("GATEWAY_PORT") + ' ' + GatewayVariables.builtIn("ADMIN_PORT"));
    }

    @Test
    void theDefaultBaseOfTheImageIsPinnedByItsDigest() throws IOException {
        assertThat(Files.readString(Path.of("bin/image"))).containsPattern("BASE_IMAGE:-debian@sha256:[0-9a-f]{64}}");
    }

    @Test
    void composeHasKnownKeysAndFilesThatExist() throws IOException {
        JsonNode compose = compose();
        assertThat(names(compose)).isEqualTo(new TreeSet<>(KEYS.get("")));
        for (JsonNode service : compose.path("services")) {
            assertThat(KEYS.get("service")).containsAll(names(service));
            service.path("volumes")
                    .forEach(volume -> requireVolume(volume.asText().split(":", 2)[0], compose));
            service.path("configs")
                    .forEach(config -> assertThat(names(compose.path("configs")))
                            .contains(config.path("source").asText()));
            names(service.path("depends_on"))
                    .forEach(
                            other -> assertThat(names(compose.path("services"))).contains(other));
            service.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
        }
        for (JsonNode config : compose.path("configs")) {
            assertThat(new ObjectMapper(new YAMLFactory())
                            .readTree(config.path("content").asText())
                            .isObject())
                    .isTrue();
        }
    }

    private static void requireVolume(String source, JsonNode compose) {
        boolean exists = source.startsWith("./")
                ? Files.exists(Path.of(source))
                : compose.path("volumes").has(source);
        assertThat(exists).as(source).isTrue();
    }

    @Test
    void composeSetsOnlyVariablesThatTheGatewayReads() throws IOException {
        JsonNode gateway = compose().at("/services/pintle");
        assertThat(GatewayVariables.read()).containsAll(names(gateway.path("environment")));
        assertThat(gateway.path("read_only").asBoolean()).isTrue();
        assertThat(gateway.path("ports").toString())
                .isEqualTo("[\"127.0.0.1:%1$s:%1$s\",\"127.0.0.1:%2$s:%2$s\"]"
                        .formatted(GatewayVariables.builtIn("GATEWAY_PORT"), GatewayVariables.builtIn("ADMIN_PORT")));
        assertThat(gateway.path("volumes").toString()).isEqualTo("[\"data:/var/lib/pintle\"]");
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "503, 1"})
    void theHealthCheckTellsWhetherTheNodeWantsRequests(int status, int exit) throws Exception {
        try (RawUpstream node = RawUpstream.that(RawUpstream.answers(status, ""))) {
            assertThat(ready(node.port())).isEqualTo(exit);
        }
        assertThat(ready(1)).isNotZero();
    }

    private static int ready(int port) throws IOException, InterruptedException {
        ProcessBuilder check = new ProcessBuilder("bin/ready").redirectErrorStream(true);
        check.environment().put("GATEWAY_PORT", Integer.toString(port));
        Process process = check.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
