package dev.pintle.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.FaultyLine;
import dev.pintle.ManualTicker;
import dev.pintle.RawClient;
import dev.pintle.TestDatabase;
import dev.pintle.TestPostgres;
import dev.pintle.exchange.Failure;
import dev.pintle.exchange.FailureKind;
import dev.pintle.policy.limit.RateLimits;
import dev.pintle.routing.LiveTable;
import dev.pintle.routing.Workshop;
import dev.pintle.store.Fleet;
import dev.pintle.store.Notifications;
import dev.pintle.store.RouteStore;
import dev.pintle.sync.Orders;
import dev.pintle.sync.SnapshotFile;
import dev.pintle.sync.Sync;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.TraceIds;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.ClientCertificates;
import dev.pintle.upstream.Destinations;
import dev.pintle.upstream.Sender;
import dev.pintle.upstream.TlsContexts;
import dev.pintle.upstream.Upstreams;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.jetty.MutableServletContextHandler;
import io.dropwizard.jetty.setup.ServletEnvironment;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jdbi.v3.core.Jdbi;

/** A control desk over a real PostgreSQL, reached by a line that can fail, on a port of its own; and what a client needs. */
final class Desk implements AutoCloseable {
    static final String TOKEN = "a-token-for-tests";
    static final String VIEWER = "a-token-for-onlookers";
    static final String JSON = "application/json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    final TestDatabase database;
    final FaultyLine line;
    final RouteStore store;
    final Sync sync;
    final LiveTable live;
    final Workshop workshop;
    final AtomicInteger nodes = new AtomicInteger();
    final Readiness readiness = new Readiness();
    final NodeReport report;
    final ManualTicker ticker = new ManualTicker();
    final PrometheusRegistry registry = new PrometheusRegistry();

    private final Path folder;
    private final ManagedDataSource pool;
    private final Server server = new Server();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    /** @param folder for the snapshot */
    Desk(Path folder) throws Exception {
        this(folder, TestPostgres.newDatabase().migrated());
    }

    private Desk(Path folder, TestDatabase database) throws Exception {
        this.folder = folder;
        this.database = database;
        line = new FaultyLine(database.port());
        TestDatabase reached = database.through(line.port());
        pool = reached.pool();
        store = new RouteStore(Jdbi.create(pool));
        Metrics metrics = new Metrics(registry);
        workshop = workshop(metrics);
        live = new LiveTable(workshop);
        Orders orders = new Orders(
                UUID.randomUUID(), new Fleet(Jdbi.create(pool)), new CarriedOut(workshop, nodes::set), Ticker.SYSTEM);
        sync = new Sync(
                store,
                new Notifications(reached.configuration().listening()),
                orders,
                new SnapshotFile(folder.resolve("snapshot.json")),
                live::publish,
                Ticker.SYSTEM,
                Clock.systemUTC(),
                ThreadLocalRandom.current());
        sync.start();
        report = new NodeReport(sync, live, workshop, readiness, registry);
        base = start(new AdminDesk(
                new AdminTokens(List.of(
                        AdminToken.admin(TOKEN, "the test"),
                        new AdminToken("onlooker", Role.VIEWER, Digest.of(VIEWER)))),
                new TraceIds(ThreadLocalRandom.current()),
                store,
                sync,
                orders,
                workshop,
                live,
                report,
                ticker));
    }

    private static Workshop workshop(Metrics metrics) {
        Sender nobody = (target, exchange, timeouts) -> {
            throw new Failure(FailureKind.CONNECT, "nobody calls upstreams here");
        };
        Clock clock = Clock.systemUTC();
        RandomGenerator random = ThreadLocalRandom.current();
        return new Workshop(
                new Upstreams(nobody, Ticker.SYSTEM, clock, random),
                new TlsContexts(new ClientCertificates(Map.of())),
                new Destinations(List.of()),
                new RateLimits(Ticker.SYSTEM, metrics, 1_000),
                metrics,
                Ticker.SYSTEM,
                clock,
                random);
    }

    private String start(AdminDesk desk) throws Exception {
        MutableServletContextHandler admin = new MutableServletContextHandler();
        desk.mountOn(new ServletEnvironment(admin));
        HttpConfiguration http = new HttpConfiguration();
        http.setHeaderCacheCaseSensitive(true);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new GracefulHandler(admin));
        server.setStopTimeout(5_000);
        server.start();
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    /** An answer. */
    record Reply(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String field(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String body() {
            return response.body();
        }

        JsonNode json() throws IOException {
            return MAPPER.readTree(body());
        }

        String code() throws IOException {
            return json().path("code").asText();
        }

        /** The pointers of the violations. */
        List<String> pointers() throws IOException {
            return json().path("violations").findValuesAsText("pointer");
        }
    }

    /** A request with the token. */
    Call call(String method, String path) {
        return new Call(HttpRequest.newBuilder(URI.create(base + path)), method)
                .with("Authorization", "Bearer " + TOKEN);
    }

    /** A request with the token of a viewer. */
    Call view(String method, String path) {
        return anonymous(method, path).with("Authorization", "Bearer " + VIEWER);
    }

    /** A request of a stranger. */
    Call anonymous(String method, String path) {
        return new Call(HttpRequest.newBuilder(URI.create(base + path)), method);
    }

    /** A connection to the desk, octet by octet. */
    RawClient connect() {
        return RawClient.to(URI.create(base).getPort());
    }

    Reply get(String path) throws Exception {
        return call("GET", path).send();
    }

    Reply put(String id, String json) throws Exception {
        return call("PUT", "/api/v1/routes/" + id).send(json);
    }

    /** A request on its way to be sent. */
    final class Call {
        private final HttpRequest.Builder request;
        private final String method;
        private String mediaType = JSON;

        private Call(HttpRequest.Builder request, String method) {
            this.request = request;
            this.method = method;
        }

        Call with(String field, String value) {
            request.setHeader(field, value);
            return this;
        }

        Call as(String type) {
            mediaType = type;
            return this;
        }

        Reply send() throws Exception {
            return new Reply(
                    client.send(request.method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString()));
        }

        Reply send(String body) throws Exception {
            if (!mediaType.isEmpty()) {
                request.setHeader("Content-Type", mediaType);
            }
            return new Reply(client.send(
                    request.method(method, BodyPublishers.ofString(body))
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    BodyHandlers.ofString()));
        }
    }

    /** The desk of another node over the same database. */
    Desk another() throws Exception {
        return new Desk(folder.resolve("another"), database);
    }

    void execute(String sql) {
        Jdbi.create(pool).useHandle(handle -> handle.execute(sql));
    }

    /** The one value that a query of the database brings. */
    String query(String sql) {
        return Jdbi.create(pool)
                .withHandle(handle -> handle.select(sql).mapTo(String.class).one());
    }

    /** A route with little more than it needs. */
    static String route(String path) {
        return route(path, "");
    }

    /** @param more members of the route, such as {@code , "maxRequestBody": "1MiB"} */
    static String route(String path, String more) {
        return """
                {"match": {"path": "%s"}, "upstream": {"targets": [{"url": "http://127.0.0.1:9"}]}%s}""".formatted(path, more);
    }

    static ObjectNode object(String json) throws IOException {
        return (ObjectNode) MAPPER.readTree(json);
    }

    @Override
    public void close() {
        try {
            server.stop();
            client.close();
            sync.close();
            pool.stop();
            line.close();
        } catch (Exception e) {
            throw new IllegalStateException("the desk does not close", e);
        }
    }
}
