package dev.pintle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.app.PintleApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A gateway in a process of its own, with config.yml as it is. Closing it kills it, if it still runs. */
public final class GatewayProcess implements AutoCloseable {
    /** As {@code bin/pintle} starts it, with a heap of that size. */
    public static List<String> production(String heap) {
        return List.of("-Xmx" + heap, "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError");
    }

    private final ChildJvm jvm;
    private final URI gateway;
    private final URI admin;

    private GatewayProcess(ChildJvm jvm) {
        this.jvm = jvm;
        this.gateway = URI.create(firstWord(jvm.awaitLine("  gateway ")));
        this.admin = URI.create(firstWord(jvm.awaitLine("  admin ")));
    }

    /**
     * Starts one, on free ports of the loopback address, and waits until it serves.
     *
     * @param options of its JVM
     * @param data the folder of what it keeps for itself
     * @param environment what else config.yml is to find, such as {@code DATABASE_URL}
     */
    public static GatewayProcess start(List<String> options, Path data, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of(
                "GATEWAY_HOST", "127.0.0.1",
                "GATEWAY_PORT", "0",
                "ADMIN_PORT", "0",
                "INTROSPECTION_ALLOW", "127.0.0.0/8",
                "SHUTDOWN_DELAY", "0s",
                "PINTLE_DATA", data.toString(),
                "PINTLE_ADMIN_TOKEN", TestGateway.TOKEN));
        all.putAll(environment);
        ChildJvm jvm = ChildJvm.start(options, PintleApplication.class, all, "server", "config.yml");
        try {
            return new GatewayProcess(jvm);
        } catch (AssertionError | RuntimeException e) {
            jvm.close();
            throw e;
        }
    }

    public long pid() {
        return jvm.process().pid();
    }

    public int port() {
        return gateway.getPort();
    }

    /** Installs a route that sends a path's requests to upstreams; {@code further} is JSON that follows a comma, or empty. */
    public void route(String id, String path, String further, RawUpstream... upstreams) {
        HttpResponse<String> response = admin("PUT", "/api/v1/routes/" + id, TestRoutes.json(path, further, upstreams));
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
    }

    /** Calls the admin API with the token. */
    public HttpResponse<String> admin(String method, String path, String body) {
        return adminWith(TestGateway.TOKEN, method, path, body);
    }

    /** The same with another token. */
    public HttpResponse<String> adminWith(String token, String method, String path, String body) {
        return TestGateway.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.getPort() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    public HttpResponse<String> get(String path) {
        return TestGateway.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .build());
    }

    /** A connection to the gateway's port, octet by octet. */
    public RawClient connect() {
        return RawClient.to(port());
    }

    /** What it printed so far, and complained about. */
    public String said() {
        return jvm.out() + jvm.err();
    }

    /** SIGTERM, without waiting for what comes of it. */
    public void terminate() {
        jvm.process().destroy();
    }

    /** SIGTERM, and waits for its end. */
    public int stop() {
        return jvm.stop();
    }

    /** SIGSTOP: the process does not run until {@link #thaw}. */
    public void freeze() {
        signal("-STOP");
    }

    /** SIGCONT. */
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

    /** SIGKILL. */
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
