package dev.pintle.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.admin.AdminApi;
import dev.pintle.admin.api.AuditTrail;
import dev.pintle.admin.api.OverrideApplier;
import dev.pintle.admin.auth.AdminToken;
import dev.pintle.admin.auth.AdminTokens;
import dev.pintle.admin.auth.Role;
import dev.pintle.admin.auth.TokenHash;
import dev.pintle.config.KeyDictionary;
import dev.pintle.console.ConsoleSessions;
import dev.pintle.console.SessionKey;
import dev.pintle.console.SignInCodes;
import dev.pintle.history.SettingLayers;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.introspection.LiveFeed;
import dev.pintle.introspection.LiveState;
import dev.pintle.introspection.NodeStatus;
import dev.pintle.introspection.Readiness;
import dev.pintle.lint.Linter;
import dev.pintle.lint.NodeFacts;
import dev.pintle.peer.PeerKey;
import dev.pintle.peer.SnapshotOffer;
import dev.pintle.policy.concurrency.ConcurrencyLimiter;
import dev.pintle.policy.ratelimit.RateLimiterRegistry;
import dev.pintle.routing.RouteSchema;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.routing.table.RouteRuntime;
import dev.pintle.store.AuditStore;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.ConfirmationStore;
import dev.pintle.store.CredentialStore;
import dev.pintle.store.HistoryStore;
import dev.pintle.store.NodeIdentity;
import dev.pintle.store.RevisionNotifications;
import dev.pintle.sync.ChangeGuard;
import dev.pintle.sync.ConfigurationSync;
import dev.pintle.sync.CredentialSync;
import dev.pintle.sync.NodeHeartbeats;
import dev.pintle.sync.OperatorOverrides;
import dev.pintle.sync.PeerSnapshots;
import dev.pintle.sync.RolloutMonitor;
import dev.pintle.sync.SignOuts;
import dev.pintle.sync.SnapshotFile;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.TraceContextExtractor;
import dev.pintle.time.Ticker;
import dev.pintle.tunnel.OpenTunnels;
import dev.pintle.upstream.UpstreamRegistry;
import dev.pintle.upstream.dns.EgressPolicy;
import dev.pintle.upstream.target.UpstreamClient;
import dev.pintle.upstream.tls.ClientCertificates;
import dev.pintle.upstream.tls.ClientTlsCache;
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
import java.security.SecureRandom;
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
import org.jspecify.annotations.Nullable;

/** An admin API on a free port over a real PostgreSQL, whose connection can fail, with a client. */
public final class AdminApiHarness implements AutoCloseable {
    public static final String TOKEN = "a-token-for-tests";
    public static final String VIEWER = "a-token-for-onlookers";
    public static final String AUDITOR = "a-token-for-auditors";
    static final String JSON = "application/json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static @Nullable OpenApiResponses openApi;

    public final TestDatabase database;
    public final FlakyTcpProxy line;
    public final ConfigurationStore store;
    public final ConfigurationSync sync;
    public final ActiveRouteTable live;
    public final RouteRuntime runtime;
    public final UUID id = UUID.randomUUID();
    final AtomicInteger nodes = new AtomicInteger();
    public final Readiness readiness = new Readiness();
    public final NodeStatus report;
    public final SignInCodes codes;
    public final ManualTicker ticker = new ManualTicker();
    public final PrometheusRegistry registry = new PrometheusRegistry();

    private final Path folder;
    private final AuditTrail trail;
    private final ManagedDataSource pool;
    private final Server server = new Server();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    /**
     * Starts the admin API.
     *
     * @param folder for the snapshot
     */
    public AdminApiHarness(Path folder) throws Exception {
        this(folder, TestPostgres.migratedDatabase(), Clock.systemUTC(), new ClientCertificates(Map.of()));
    }

    /** Starts the admin API on a node with this clock. */
    public AdminApiHarness(Path folder, Clock clock) throws Exception {
        this(folder, TestPostgres.migratedDatabase(), clock, new ClientCertificates(Map.of()));
    }

    private AdminApiHarness(Path folder, TestDatabase database, Clock clock, ClientCertificates certificates)
            throws Exception {
        this.folder = folder;
        this.database = database;
        line = new FlakyTcpProxy(database.port());
        TestDatabase reached = database.through(line.port());
        pool = reached.pool();
        store = new ConfigurationStore(Jdbi.create(pool));
        Metrics metrics = new Metrics(registry);
        runtime = runtime(metrics, clock, certificates);
        live = new ActiveRouteTable(runtime);
        SignOuts signOuts = new SignOuts(clock.instant());
        ChangeGuard guard =
                new ChangeGuard(metrics.recentTraffic(), SettingLayers.of(RouteSchema.SCHEMA), Ticker.SYSTEM);
        OperatorOverrides overrides = new OperatorOverrides(
                NodeHeartbeats.of(
                        new NodeIdentity(id, "here", "1.2.3", KeyDictionary.of(RouteSchema.SCHEMA)),
                        live,
                        readiness::isStopping,
                        guard),
                new ClusterStore(Jdbi.create(pool)),
                new OverrideApplier(runtime, live, reported -> {
                    nodes.set(reported.alive());
                    guard.judge(reported);
                }),
                signOuts,
                Ticker.SYSTEM,
                clock);
        sync = new ConfigurationSync(
                store,
                new ConfirmationStore(Jdbi.create(pool)),
                new RevisionNotifications(reached.configuration().listening()),
                overrides,
                guard,
                new CredentialSync(new CredentialStore(Jdbi.create(pool)), runtime.identities(), Ticker.SYSTEM),
                new SnapshotFile(folder.resolve("snapshot.json")),
                PeerSnapshots.NONE,
                live::publish,
                Ticker.SYSTEM,
                clock,
                ThreadLocalRandom.current());
        sync.start();
        codes = new SignInCodes(ticker, new SecureRandom());
        report = new NodeStatus(sync, live, runtime, readiness, registry);
        trail = new AuditTrail(new AuditStore(Jdbi.create(pool)), Ticker.SYSTEM, ThreadLocalRandom.current());
        trail.start();
        base = start(new AdminApi(
                new AdminTokens(List.of(
                        AdminToken.admin(TOKEN, "the test"),
                        new AdminToken("onlooker", Role.VIEWER, TokenHash.of(VIEWER)),
                        new AdminToken("inspector", Role.AUDITOR, TokenHash.of(AUDITOR)))),
                new TraceContextExtractor(ThreadLocalRandom.current()),
                new HistoryStore(Jdbi.create(pool)),
                new ClusterStore(Jdbi.create(pool)),
                RolloutMonitor.ofNode(
                        new ClusterStore(Jdbi.create(pool)),
                        new HistoryStore(Jdbi.create(pool)),
                        overrides.membership(),
                        Ticker.SYSTEM),
                trail,
                new CredentialStore(Jdbi.create(pool)),
                sync,
                overrides,
                runtime,
                live,
                report,
                new Linter(runtime.documents(), new NodeFacts(nodes::get, false)),
                new LiveFeed(new LiveState(sync, live, runtime, readiness), Ticker.SYSTEM),
                new ConsoleSessions(
                        SessionKey.of(TOKEN),
                        session -> signOuts.hasEnded(session.id(), session.startedAt()),
                        clock,
                        new SecureRandom()),
                codes,
                new SnapshotOffer(new PeerKey(TOKEN, new SecureRandom()), sync::snapshotForPeer),
                ticker));
    }

    private static RouteRuntime runtime(Metrics metrics, Clock clock, ClientCertificates certificates) {
        UpstreamClient unreachable = (target, exchange, timeouts) -> {
            throw new ExchangeException(FailureKind.CONNECT, "no upstream is called");
        };
        RandomGenerator random = ThreadLocalRandom.current();
        // Stands still, as if the node did not run. Circuits and overrides must not depend on it.
        Ticker attempts = new ManualTicker();
        return new RouteRuntime(
                new UpstreamRegistry(unreachable, TestLookup.NONE, Ticker.SYSTEM, attempts, clock, random),
                new ClientTlsCache(certificates),
                new EgressPolicy(List.of()),
                new RateLimiterRegistry(Ticker.SYSTEM, metrics, 1_000),
                new ConcurrencyLimiter(100),
                new OpenTunnels(Ticker.SYSTEM),
                metrics,
                attempts,
                clock,
                random);
    }

    private String start(AdminApi api) throws Exception {
        MutableServletContextHandler admin = new MutableServletContextHandler();
        api.mountOn(new ServletEnvironment(admin));
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

    /** A response. */
    public record Reply(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String field(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() throws IOException {
            return MAPPER.readTree(body());
        }

        public String code() throws IOException {
            return json().path("code").asText();
        }

        /** Returns the pointers of the violations. */
        public List<String> pointers() throws IOException {
            return json().path("violations").findValuesAsText("pointer");
        }
    }

    /** Reads the OpenAPI document once per JVM: it is the same for all nodes. */
    private OpenApiResponses openApi() throws Exception {
        synchronized (AdminApiHarness.class) {
            if (openApi == null) {
                openApi = OpenApiResponses.of(client.send(
                                HttpRequest.newBuilder(URI.create(base + "/api/v1/openapi.json"))
                                        .header("Authorization", "Bearer " + TOKEN)
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
            }
            return openApi;
        }
    }

    /** Returns the URL of the admin API. */
    public String url() {
        return base;
    }

    /** Starts a request with the token. */
    public Call call(String method, String path) {
        return anonymous(method, path).with("Authorization", "Bearer " + TOKEN);
    }

    /** Starts a request with the token of a viewer. */
    public Call view(String method, String path) {
        return anonymous(method, path).with("Authorization", "Bearer " + VIEWER);
    }

    /** A request with the token of an auditor. */
    public Call audit(String method, String path) {
        return anonymous(method, path).with("Authorization", "Bearer " + AUDITOR);
    }

    /** Starts a request without a token. */
    public Call anonymous(String method, String path) {
        return new Call(method, path);
    }

    /** Opens a raw connection to the admin API. */
    public RawClient connect() {
        return RawClient.to(URI.create(base).getPort());
    }

    public Reply get(String path) throws Exception {
        return call("GET", path).send();
    }

    public Reply put(String id, String json) throws Exception {
        return call("PUT", "/api/v1/routes/" + id).send(json);
    }

    /** A request before it is sent. */
    public final class Call {
        private final HttpRequest.Builder request;
        private final String method;
        private final String path;
        private String mediaType = JSON;
        private boolean described = true;

        private Call(String method, String path) {
            this.request = HttpRequest.newBuilder(URI.create(base + path));
            this.method = method;
            this.path = path;
        }

        public Call with(String field, String value) {
            request.setHeader(field, value);
            return this;
        }

        /** Permits an answer with a stored document that this version rejects: no schema describes it. */
        public Call withRejectedDocuments() {
            described = false;
            return this;
        }

        public Call as(String type) {
            mediaType = type;
            return this;
        }

        public Reply send() throws Exception {
            return send(request.method(method, BodyPublishers.noBody()).build());
        }

        public Reply send(String body) throws Exception {
            if (!mediaType.isEmpty()) {
                request.setHeader("Content-Type", mediaType);
            }
            return send(request.method(method, BodyPublishers.ofString(body))
                    .timeout(Duration.ofSeconds(30))
                    .build());
        }

        /** Sends a request, and holds the response against the OpenAPI document. */
        private Reply send(HttpRequest prepared) throws Exception {
            HttpResponse<String> response = client.send(prepared, BodyHandlers.ofString());
            if (described) {
                openApi().check(method, path, response);
            }
            return new Reply(response);
        }
    }

    /** Starts the admin API of another node over the same database. */
    public AdminApiHarness another() throws Exception {
        return another(Clock.systemUTC(), new ClientCertificates(Map.of()));
    }

    /** Starts the admin API of another node over the same database, with this clock and these certificates. */
    public AdminApiHarness another(Clock clock, ClientCertificates certificates) throws Exception {
        return new AdminApiHarness(folder.resolve("another"), database, clock, certificates);
    }

    public void execute(String sql) {
        Jdbi.create(pool).useHandle(handle -> handle.execute(sql));
    }

    /** Returns the single value of a query. */
    public String query(String sql) {
        return Jdbi.create(pool)
                .withHandle(handle -> handle.select(sql).mapTo(String.class).one());
    }

    /** Returns a minimal route. */
    public static String route(String path) {
        return route(path, "");
    }

    /**
     * Returns a route with more keys.
     *
     * @param more keys of the route, such as {@code , "maxRequestBody": "1MiB"}
     */
    public static String route(String path, String more) {
        return """
            {"match": {"path": "%s"}, "upstream": {"targets": [{"url": "http://127.0.0.1:9"}]}%s}\
            """.formatted(path, more);
    }

    public static ObjectNode object(String json) throws IOException {
        return (ObjectNode) MAPPER.readTree(json);
    }

    @Override
    public void close() {
        try {
            // Before the server, which waits one second for idle connections.
            client.close();
            server.stop();
            trail.close();
            sync.close();
            pool.stop();
            line.close();
        } catch (Exception e) {
            throw new IllegalStateException("the admin API does not close", e);
        }
    }
}
