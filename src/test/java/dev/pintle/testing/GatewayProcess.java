package dev.pintle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A gateway in its own process, with the config.yml of the repository. Closing kills the process if it still runs. */
public final class GatewayProcess implements AutoCloseable {
    /** Returns the JVM options of {@code bin/pintle} with this heap size. */
    public static List<String> production(String heap) {
        return List.of(
                "-Xmx" + heap, "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError");
    }

    /**
     * Returns the JVM options of {@code bin/pintle} with this heap size, and the compiler C1 alone: for a process that ends within
     * seconds, C2 takes more CPU time than it saves. The heap is the same.
     */
    public static List<String> shortLived(String heap) {
        List<String> options = new ArrayList<>(production(heap));
        options.add(Installation.SHORT_LIVED);
        return options;
    }

    private final ChildJvm jvm;
    private final Path data;
    private final URI gateway;
    private final URI admin;

    private GatewayProcess(ChildJvm jvm, Path data) {
        this.jvm = jvm;
        this.data = data;
        this.gateway = URI.create(firstWord(jvm.awaitLine("  gateway ")));
        this.admin = URI.create(firstWord(jvm.awaitLine("  admin ")));
    }

    /**
     * Starts a gateway on free ports of the loopback address, and waits until it is ready.
     *
     * @param options of its JVM
     * @param data the data directory
     * @param environment variables for config.yml, such as {@code DATABASE_URL}
     */
    public static GatewayProcess start(List<String> options, Path data, Map<String, String> environment) {
        return start(GatewayProgram.ofTests(), options, data, environment);
    }

    /** Starts a gateway of any version. */
    public static GatewayProcess start(
            GatewayProgram program, List<String> options, Path data, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of(
                "GATEWAY_HOST", "127.0.0.1",
                "GATEWAY_PORT", "0",
                "ADMIN_PORT", "0",
                "INTROSPECTION_ALLOW", "127.0.0.0/8",
                "SHUTDOWN_DELAY", "0s",
                "PINTLE_DATA", data.toString(),
                "PINTLE_ADMIN_TOKEN", TestGateway.TOKEN));
        all.putAll(environment);
        ChildJvm jvm = ChildJvm.run(program.command(options), all);
        try {
            return new GatewayProcess(jvm, data);
        } catch (AssertionError | RuntimeException e) {
            jvm.close();
            throw e;
        }
    }

    /** The data directory. */
    public Path data() {
        return data;
    }

    public long pid() {
        return jvm.process().pid();
    }

    public int port() {
        return gateway.getPort();
    }

    public int adminPort() {
        return admin.getPort();
    }

    /**
     * Creates a route from a path to upstreams.
     *
     * @param further more JSON keys after a comma, or empty
     */
    public void route(String id, String path, String further, RawUpstream... upstreams) {
        HttpResponse<String> response = admin("PUT", "/api/v1/routes/" + id, TestRoutes.json(path, further, upstreams));
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
    }

    /** Calls the admin API with the token. */
    public HttpResponse<String> admin(String method, String path, String body) {
        return adminWith(TestGateway.TOKEN, method, path, body);
    }

    /** Calls the admin API with another token. */
    public HttpResponse<String> adminWith(String token, String method, String path, String body) {
        return TestGateway.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.getPort() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** Puts a document that reverts after that time unless it is confirmed. */
    public HttpResponse<String> confirmable(String within, String path, String body) {
        return TestGateway.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.getPort() + path))
                .header("Authorization", "Bearer " + TestGateway.TOKEN)
                .header("Content-Type", "application/json")
                .header("Pintle-Confirm", within)
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    public HttpResponse<String> get(String path) {
        return TestGateway.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .build());
    }

    /** Opens a raw connection to the proxy port. */
    public RawClient connect() {
        return RawClient.to(port());
    }

    /** Returns the standard output and error so far. */
    public String output() {
        return jvm.out() + jvm.err();
    }

    /** Sends SIGTERM without waiting. */
    public void terminate() {
        jvm.process().destroy();
    }

    /** Sends SIGTERM and waits for the end of the process. */
    public int stop() {
        return jvm.stop();
    }

    /** Sends SIGSTOP: the process pauses until {@link #thaw}. */
    public void freeze() {
        signal("-STOP");
    }

    /** Sends SIGCONT. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int status = new ProcessBuilder("kill", signal, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(status).as("kill %s", signal).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends SIGKILL. */
    public void kill() {
        jvm.close();
    }

    public boolean isAlive() {
        return jvm.process().isAlive();
    }

    @Override
    public void close() {
        kill();
    }

    private static String firstWord(String text) {
        return text.split(" ", 2)[0];
    }
}
