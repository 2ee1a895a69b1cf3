package dev.pintle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.ChildJvm;
import dev.pintle.testing.Installation;
import dev.pintle.testing.TestDataDirectory;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs the commands of a page in one shell, beside a gateway that {@code bin/run} started as the page tells its reader. The
 * shell's directory is an installation. Free ports replace the ports that the page names.
 */
final class PageRun implements AutoCloseable {
    private static final Pattern UPSTREAM_PORT = Pattern.compile("\\b50\\d\\d\\b");
    private static final String END_OF_STEP = "--- end of step";
    private static final Map<String, String> SHORT_LIVED = Map.of("JAVA_OPTS", Installation.SHORT_LIVED);

    private final Installation installation = Installation.create();
    private final Map<String, String> ports = new TreeMap<>();
    private final ChildJvm gateway;

    PageRun() throws IOException {
        Path data = TestDataDirectory.withPostgres();
        Files.createSymbolicLink(installation.path().resolve(".data"), data);
        Map<String, String> environment = new TreeMap<>(SHORT_LIVED);
        environment.putAll(Map.of("GATEWAY_PORT", "0", "ADMIN_PORT", "0", "PINTLE_DATA", data.toString()));
        gateway = installation.run(environment, "run");
        ports.put("8080", portOf(gateway.awaitLine("  gateway")));
        ports.put("8081", portOf(gateway.awaitLine("  admin")));
    }

    private static String portOf(String line) {
        return line.split(" ", 2)[0].replaceFirst("^http://[^:]+:(\\d+).*$", "$1");
    }

    /** Runs the steps of a page, and holds the output of each against the page. */
    void run(Page page) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("set -u\n");
        for (Page.Step step : page.steps()) {
            script.append(withFreePorts(step.command()))
                    .append("\necho; echo '")
                    .append(END_OF_STEP)
                    .append("'\n");
        }
        script.append("kill $(jobs -p) 2> /dev/null\n");
        List<String> outputs = outputs(script.toString());
        for (int i = 0; i < page.steps().size(); i++) {
            Page.Step step = page.steps().get(i);
            String output = i < outputs.size() ? outputs.get(i) : "the script ended before this step";
            assertThat(step.missingIn(output))
                    .as("a line that the output of a step lacks%n%s%n%s", step.command(), output)
                    .isEmpty();
        }
    }

    /** Brings back the configuration that a first start installs. */
    void restoreFirstRevision() throws IOException {
        URI restore = URI.create("http://127.0.0.1:" + ports.get("8081") + "/api/v1/revisions/1/restore");
        String token = Files.readString(installation.path().resolve(".data/admin.token"))
                .strip();
        HttpResponse<String> response = TestGateway.send(HttpRequest.newBuilder(restore)
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private List<String> outputs(String script) throws IOException, InterruptedException {
        Path file = Files.writeString(installation.path().resolve("page.sh"), script);
        Path out = installation.path().resolve("page.out");
        ProcessBuilder builder = new ProcessBuilder("bash", file.toString())
                .directory(installation.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("PINTLE_URL", "http://127.0.0.1:" + ports.get("8081"));
        builder.environment().putAll(SHORT_LIVED);
        builder.environment().put("PINTLE_JAVA_HOME", System.getProperty("java.home"));
        Process shell = builder.start();
        try {
            assertThat(shell.waitFor(100, TimeUnit.SECONDS))
                    .as("the commands end")
                    .isTrue();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
        String output = withPagePorts(Files.readString(out, StandardCharsets.UTF_8));
        return new ArrayList<>(List.of(output.split(Pattern.quote(END_OF_STEP))));
    }

    private String withFreePorts(String command) {
        UPSTREAM_PORT
                .matcher(command)
                .results()
                .forEach(port -> ports.computeIfAbsent(port.group(), name -> freePort()));
        String replaced = command;
        for (Map.Entry<String, String> port : ports.entrySet()) {
            replaced = replaced.replaceAll("\\b" + port.getKey() + "\\b", port.getValue());
        }
        return replaced;
    }

    private String withPagePorts(String output) {
        String replaced = output;
        for (Map.Entry<String, String> port : ports.entrySet()) {
            replaced = replaced.replaceAll("\\b" + port.getValue() + "\\b", port.getKey());
        }
        return replaced;
    }

    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        gateway.stop();
        gateway.close();
    }
}
