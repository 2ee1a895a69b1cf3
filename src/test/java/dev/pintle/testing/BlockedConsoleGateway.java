package dev.pintle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.app.PintleApplication;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway process whose console takes no more output after the banner, such as a terminal that an operator paused. */
public final class BlockedConsoleGateway implements AutoCloseable {
    private static final Pattern URLS =
            Pattern.compile("  gateway +(?<gateway>http://\\S+)\\s[\\s\\S]*?  admin +(?<admin>http://\\S+)\\s");

    private final Process process;
    private final URI gateway;
    private final URI admin;

    private BlockedConsoleGateway(Process process) throws IOException {
        this.process = process;
        Matcher urls = readBanner(process.getInputStream());
        this.gateway = URI.create(urls.group("gateway"));
        this.admin = URI.create(urls.group("admin"));
    }

    /** Starts a gateway with an empty database and a heap such as {@code 256m}. */
    public static BlockedConsoleGateway start(String heap) {
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.command(
                        GatewayProcess.production(heap), PintleApplication.class, path -> true, "server", "config.yml"))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of(
                        "GATEWAY_HOST", "127.0.0.1",
                        "GATEWAY_PORT", "0",
                        "ADMIN_PORT", "0",
                        "INTROSPECTION_ALLOW", "127.0.0.0/8",
                        "LOG_FORMAT", "text",
                        "PINTLE_ADMIN_TOKEN", TestGateway.TOKEN,
                        "PINTLE_DATA", TestDataDirectory.create().toString(),
                        "DATABASE_URL", TestPostgres.migratedDatabase().url()));
        try {
            return new BlockedConsoleGateway(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the console up to the banner, and then no more. */
    private static Matcher readBanner(InputStream console) throws IOException {
        StringBuilder text = new StringBuilder();
        Matcher urls = URLS.matcher(text);
        byte[] buffer = new byte[1_024];
        for (int count = console.read(buffer); count >= 0; count = console.read(buffer)) {
            text.append(new String(buffer, 0, count, StandardCharsets.US_ASCII));
            urls.reset();
            if (urls.find()) {
                return urls;
            }
        }
        throw new AssertionError("no banner in: " + text);
    }

    public int port() {
        return gateway.getPort();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public HttpResponse<String> get(String path) {
        return TestGateway.send(HttpRequest.newBuilder(gateway.resolve(path)).build());
    }

    /** Creates a route from a path to an upstream. */
    public void route(String id, String path, RawUpstream upstream) {
        HttpResponse<String> response = TestGateway.send(HttpRequest.newBuilder(admin.resolve("/api/v1/routes/" + id))
                .header("Authorization", "Bearer " + TestGateway.TOKEN)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(TestRoutes.json(path, "", upstream)))
                .build());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
