package dev.pintle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.app.PintleApplication;
import dev.pintle.app.PintleConfiguration;
import dev.pintle.time.StallAwareTicker;
import dev.pintle.time.Ticker;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A complete gateway in this process, with the config.yml of the repository, real PostgreSQL, free loopback ports and
 * its own data directory.
 */
public final class TestGateway implements AutoCloseable {
    public static final String TOKEN = "a-token-for-the-tests-of-the-gateway";

    private final DropwizardTestSupport<PintleConfiguration> support;
    private final Path folder;
    private final Set<String> overridden;

    private TestGateway(TestDatabase database, Path folder, String... overrides) {
        this.folder = folder;
        Map<String, String> all = new HashMap<>(Map.of("shutdownDelay", "0s", "introspection.allow", "127.0.0.0/8"));
        for (String override : overrides) {
            int equals = override.indexOf('=');
            all.put(override.substring(0, equals), override.substring(equals + 1));
        }
        all.put("server.applicationConnectors[0].port", "0");
        all.put("server.applicationConnectors[0].bindHost", "127.0.0.1");
        all.put("server.adminConnectors[0].port", "0");
        all.put("database.url", database.url());
        all.put("data", folder.toString());
        all.put("adminToken", TOKEN);
        all.put("logging.level", "OFF");
        overridden = Set.copyOf(all.keySet());
        support =
                new DropwizardTestSupport<>(
                        PintleApplication.class,
                        "config.yml",
                        new FileConfigurationSourceProvider(),
                        all.entrySet().stream()
                                .map(override -> ConfigOverride.config(override.getKey(), override.getValue()))
                                .toArray(ConfigOverride[]::new)) {
                    @Override
                    public Application<PintleConfiguration> newApplication() {
                        return new PintleApplication(TestGateway::realTime);
                    }
                };
    }

    /** A real-time ticker, for tests that depend on elapsed time on a busy machine. */
    private static StallAwareTicker realTime() {
        StallAwareTicker ticker = StallAwareTicker.start(Ticker.SYSTEM);
        ticker.close();
        return ticker;
    }

    /** Starts a gateway with an empty database. */
    public static TestGateway start(String... overrides) {
        return start(TestPostgres.migratedDatabase(), newFolder(), overrides);
    }

    /**
     * Starts a gateway with this database and data directory.
     *
     * @param overrides {@code key=value} for config.yml
     */
    public static TestGateway start(TestDatabase database, Path folder, String... overrides) {
        TestGateway gateway = new TestGateway(database, folder, overrides);
        try {
            gateway.support.before();
            return gateway;
        } catch (Exception e) {
            throw new IllegalStateException("the gateway does not start", e);
        } finally {
            gateway.forgetOverrides();
        }
    }

    /**
     * Removes the system properties that override the configuration, which the gateway has read. Dropwizard restores those that it found,
     * so two gateways that do not stop in reverse order would leave some to the next test.
     */
    private void forgetOverrides() {
        overridden.forEach(key -> System.clearProperty("dw." + key));
    }

    public static Path newFolder() {
        return TestDirectories.create("gateway-");
    }

    public int port() {
        return support.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public String adminUrl() {
        return "http://127.0.0.1:" + support.getAdminPort();
    }

    public Path folder() {
        return folder;
    }

    /**
     * Creates a route from a path to an upstream.
     *
     * @param further more JSON keys after a comma, or empty
     */
    public void route(String id, String path, String upstream, String further) {
        HttpResponse<String> response = admin("PUT", "/api/v1/routes/" + id, """
            {"match": {"path": "%s"}, "upstream": {"targets": [{"url": "%s"}]}%s}\
            """.formatted(path, upstream, further));
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
    }

    public void route(String id, String path, String upstream) {
        route(id, path, upstream, "");
    }

    /** Calls the admin API with the token. */
    public HttpResponse<String> admin(String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(adminUrl() + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    public HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public static HttpResponse<String> send(HttpRequest request) {
        return TestClient.send(request);
    }

    /** Opens a raw connection to the proxy port. */
    public RawClient connect() {
        return RawClient.to(port());
    }

    /** Returns the value of a metric line; zero without such a line. */
    public double metric(String line) {
        return get("/__metrics")
                .body()
                .lines()
                .filter(candidate -> candidate.startsWith(line + " "))
                .mapToDouble(candidate -> Double.parseDouble(candidate.substring(line.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** Stops the gateway. Its data directory stays for the next one. */
    public void stop() {
        TestClient.closeIdleConnections();
        support.after();
    }

    @Override
    public void close() {
        stop();
    }
}
