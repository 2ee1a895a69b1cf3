package dev.pintle.app;

import dev.pintle.admin.AdminApi;
import dev.pintle.admin.api.AuditTrail;
import dev.pintle.admin.api.OverrideApplier;
import dev.pintle.admin.auth.AdminToken;
import dev.pintle.admin.auth.AdminTokens;
import dev.pintle.admin.auth.TokenConfiguration;
import dev.pintle.admin.auth.TokenFile;
import dev.pintle.files.DataDirectory;
import dev.pintle.introspection.NodeStatus;
import dev.pintle.introspection.Readiness;
import dev.pintle.lint.Linter;
import dev.pintle.policy.concurrency.ConcurrencyLimiter;
import dev.pintle.policy.ratelimit.RateLimiterRegistry;
import dev.pintle.policy.ratelimit.RedisMetrics;
import dev.pintle.redis.Redis;
import dev.pintle.redis.RedisUri;
import dev.pintle.routing.RouteSchema;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.routing.table.RouteRuntime;
import dev.pintle.store.HistoryPruner;
import dev.pintle.store.NodeIdentity;
import dev.pintle.store.RevisionNotifications;
import dev.pintle.sync.ConfigurationSync;
import dev.pintle.sync.CredentialSync;
import dev.pintle.sync.NodeHeartbeats;
import dev.pintle.sync.OperatorOverrides;
import dev.pintle.sync.RolloutMonitor;
import dev.pintle.sync.SnapshotFile;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.RuntimeMetrics;
import dev.pintle.telemetry.TraceContextExtractor;
import dev.pintle.time.Sleeper;
import dev.pintle.time.StallAwareTicker;
import dev.pintle.time.Ticker;
import dev.pintle.time.Watchdog;
import dev.pintle.tunnel.OpenTunnels;
import dev.pintle.upstream.UpstreamRegistry;
import dev.pintle.upstream.dns.Dialer;
import dev.pintle.upstream.dns.EgressPolicy;
import dev.pintle.upstream.dns.SystemDnsResolver;
import dev.pintle.upstream.http1.ConnectionPool;
import dev.pintle.upstream.http1.Http1UpstreamClient;
import dev.pintle.upstream.tls.ClientCertificates;
import dev.pintle.upstream.tls.ClientTlsCache;
import io.dropwizard.core.setup.Environment;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/** A machine that runs Pintle, put together from its parts, outside in: storage, what routes are made with, the two doors. */
final class Node {
    private final PintleConfiguration configuration;
    private final Environment environment;
    private final Supplier<StallAwareTicker> upstreamTicker;
    private final Closer things;
    private final ProxyAssembly entrance;
    private final EgressPolicy destinations;
    private final ClientCertificates clientCertificates;
    private final @Nullable AdminToken givenToken;
    private final List<AdminToken> namedTokens;
    private final InstantSource clock = InstantSource.system();
    private final RandomGenerator random = new ThreadRandom();
    private final TraceContextExtractor traceIds = new TraceContextExtractor(random);
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Metrics metrics = new Metrics(registry);
    private final Readiness readiness = new Readiness();

    private Node(
            PintleConfiguration configuration,
            Environment environment,
            Supplier<StallAwareTicker> upstreamTicker,
            Closer things) {
        this.configuration = configuration;
        this.environment = environment;
        this.upstreamTicker = upstreamTicker;
        this.things = things;
        // What cannot be meant is told before anything is opened.
        this.entrance = new ProxyAssembly(configuration, environment, things, traceIds, metrics, clock);
        this.destinations = new EgressPolicy(configuration.upstreamAllow());
        this.clientCertificates = new ClientCertificates(configuration.clientCertificates());
        String given = configuration.adminToken();
        this.givenToken = given.isEmpty() ? null : AdminToken.admin(given, "PINTLE_ADMIN_TOKEN");
        this.namedTokens = configuration.adminTokens().stream()
                .map(TokenConfiguration::token)
                .toList();
    }

    /**
     * Opens everything, and hangs it into the environment that will be served.
     *
     * @throws Exception with one sentence for the operator, when the node cannot run; nothing stays open then
     */
    static void assemble(
            PintleConfiguration configuration, Environment environment, Supplier<StallAwareTicker> upstreamTicker)
            throws Exception {
        Closer things = new Closer();
        try {
            new Node(configuration, environment, upstreamTicker, things).assemble();
        } catch (Exception e) {
            things.stop();
            throw e;
        }
        environment.lifecycle().manage(things);
        environment.lifecycle().addEventListener(things);
    }

    private void assemble() throws Exception {
        DataDirectory data = DataDirectory.open(configuration.dataFolder());
        TokenFile tokenFile = new TokenFile(data.adminToken());
        AdminTokens tokens = tokens(tokenFile);
        DatabaseModule storage = DatabaseModule.open(configuration, data, environment, things);
        AtomicInteger nodes = new AtomicInteger(1);
        Ticker ticker = things.opened(upstreamTicker.get());
        Watchdog watchdog = things.opened(new Watchdog(ticker));
        OpenTunnels tunnels = things.opened(OpenTunnels.start(ticker));
        RouteRuntime workshop = workshop(rateLimits(nodes::get), watchdog, tunnels, ticker);
        ActiveRouteTable live = new ActiveRouteTable(workshop);
        OperatorOverrides orders = new OperatorOverrides(
                NodeHeartbeats.of(identity(), live, readiness::isStopping),
                storage.fleet(),
                new OverrideApplier(workshop, live, nodes::set),
                Ticker.SYSTEM,
                clock);
        ConfigurationSync sync = things.opened(sync(storage, data, orders, workshop, live));
        sync.start();
        things.opened(new HistoryPruner(
                        storage.history(), configuration.history().retention()))
                .start();
        if (storage.embedded()) {
            DemoRoute.install(sync, things);
        }
        metrics.configurationAge(() -> sync.status().age());
        RuntimeMetrics.register(environment.metrics(), registry);
        NodeStatus report = new NodeStatus(sync, live, workshop, readiness, registry);
        AuditTrail trail = things.opened(new AuditTrail(storage.audit(), Ticker.SYSTEM, random));
        trail.start();
        Linter linter = new Linter(RouteSchema.READER, nodes::get);
        new AdminApi(
                        tokens,
                        traceIds,
                        storage.history(),
                        storage.fleet(),
                        new RolloutMonitor(storage.fleet(), storage.history(), orders, Ticker.SYSTEM, Sleeper.SLEEP),
                        trail,
                        storage.credentials(),
                        sync,
                        orders,
                        workshop,
                        live,
                        report,
                        linter,
                        Ticker.SYSTEM)
                .mountOn(environment.admin());
        entrance.open(live, report, watchdog, tunnels, ticker);
        environment.lifecycle().addServerLifecycleListener(server -> destinations.ownPorts(ports(server)));
        environment.lifecycle().addEventListener(new GracefulShutdown(readiness, configuration.shutdownDelay()));
        environment
                .lifecycle()
                .addServerLifecycleListener(new StartupBanner(readiness, live, storage.place(), tokenPlace(tokenFile)));
    }

    private NodeIdentity identity() {
        String version = Node.class.getPackage().getImplementationVersion();
        return new NodeIdentity(UUID.randomUUID(), configuration.nodeName(), version == null ? "development" : version);
    }

    private ConfigurationSync sync(
            DatabaseModule storage,
            DataDirectory data,
            OperatorOverrides orders,
            RouteRuntime workshop,
            ActiveRouteTable live) {
        return new ConfigurationSync(
                storage.routes(),
                new RevisionNotifications(storage.listening()),
                orders,
                new CredentialSync(storage.credentials(), workshop.identities(), Ticker.SYSTEM),
                new SnapshotFile(data.snapshot()),
                live::publish,
                Ticker.SYSTEM,
                clock,
                random);
    }

    /** @param nodes how many nodes are alive */
    private RateLimiterRegistry rateLimits(IntSupplier nodes) {
        int maxBuckets = configuration.rateLimits().maxBuckets();
        RedisUri url = configuration.rateLimits().redis();
        if (url == null) {
            return new RateLimiterRegistry(Ticker.SYSTEM, metrics, maxBuckets);
        }
        Redis redis =
                things.opened(new Redis(url, RateLimiterRegistry.probe(), Ticker.SYSTEM, new RedisMetrics(metrics)));
        return new RateLimiterRegistry(Ticker.SYSTEM, maxBuckets, redis, nodes);
    }

    /** @param ticker times upstreams */
    private RouteRuntime workshop(
            RateLimiterRegistry rateLimits, Watchdog watchdog, OpenTunnels tunnels, Ticker ticker) {
        Dialer dialer = new Dialer(things.opened(new SystemDnsResolver()), destinations, ticker);
        ConnectionPool connections = things.opened(new ConnectionPool(dialer, configuration.maxResponseHeaderBytes()));
        UpstreamRegistry upstreams = things.opened(new UpstreamRegistry(
                new Http1UpstreamClient(connections, watchdog), Ticker.SYSTEM, ticker, clock, random));
        return new RouteRuntime(
                upstreams,
                new ClientTlsCache(clientCertificates),
                destinations,
                rateLimits,
                new ConcurrencyLimiter(configuration.tunnels().max()),
                tunnels,
                metrics,
                ticker,
                clock,
                random);
    }

    /** Known only now, where config.yml leaves the choice to the machine. */
    private static Set<Integer> ports(Server server) {
        return Arrays.stream(server.getConnectors())
                .filter(NetworkConnector.class::isInstance)
                .map(connector -> ((NetworkConnector) connector).getLocalPort())
                .collect(Collectors.toUnmodifiableSet());
    }

    private AdminTokens tokens(TokenFile file) throws IOException {
        return new AdminTokens(
                Stream.concat(Stream.of(token(file)), namedTokens.stream()).toList());
    }

    private AdminToken token(TokenFile file) throws IOException {
        return givenToken == null ? file.read(new SecureRandom()) : givenToken;
    }

    private String tokenPlace(TokenFile file) {
        return givenToken == null ? file.path().toString() : "in the environment, as PINTLE_ADMIN_TOKEN";
    }
}
