package dev.pintle.app;

import dev.pintle.admin.AdminApi;
import dev.pintle.admin.api.AuditTrail;
import dev.pintle.admin.api.OverrideApplier;
import dev.pintle.admin.auth.AdminToken;
import dev.pintle.admin.auth.AdminTokens;
import dev.pintle.admin.auth.TokenConfiguration;
import dev.pintle.admin.auth.TokenFile;
import dev.pintle.console.ConsoleSessions;
import dev.pintle.console.SessionKey;
import dev.pintle.console.SignInCodes;
import dev.pintle.files.DataDirectory;
import dev.pintle.history.SettingLayers;
import dev.pintle.identity.IdentityProviders;
import dev.pintle.identity.KeySetFile;
import dev.pintle.introspection.LiveFeed;
import dev.pintle.introspection.LiveState;
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
import dev.pintle.sync.ChangeGuard;
import dev.pintle.sync.ConfigurationSync;
import dev.pintle.sync.CredentialSync;
import dev.pintle.sync.NodeHeartbeats;
import dev.pintle.sync.OperatorOverrides;
import dev.pintle.sync.RolloutMonitor;
import dev.pintle.sync.SignOuts;
import dev.pintle.sync.SnapshotFile;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.RuntimeMetrics;
import dev.pintle.telemetry.TraceContextExtractor;
import dev.pintle.time.StallAwareTicker;
import dev.pintle.time.Ticker;
import dev.pintle.time.Watchdog;
import dev.pintle.tunnel.OpenTunnels;
import dev.pintle.upstream.ProtocolClients;
import dev.pintle.upstream.UpstreamRegistry;
import dev.pintle.upstream.dns.Dialer;
import dev.pintle.upstream.dns.EgressPolicy;
import dev.pintle.upstream.dns.SystemDnsResolver;
import dev.pintle.upstream.http1.ConnectionPool;
import dev.pintle.upstream.http1.Http1UpstreamClient;
import dev.pintle.upstream.http2.Http2UpstreamClient;
import dev.pintle.upstream.target.UpstreamClient;
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

/** Assembles a node: storage, synchronization, routes, the gateway port and the admin port. */
final class Node {
    private final PintleConfiguration configuration;
    private final Environment environment;
    private final Supplier<StallAwareTicker> upstreamTicker;
    private final Closer resources;
    private final ProxyAssembly proxy;
    private final EgressPolicy egressPolicy;
    private final ClientCertificates clientCertificates;
    private final @Nullable AdminToken configuredToken;
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
            Closer resources) {
        this.configuration = configuration;
        this.environment = environment;
        this.upstreamTicker = upstreamTicker;
        this.resources = resources;
        // Fail on invalid configuration before opening any resource.
        this.proxy = new ProxyAssembly(configuration, environment, resources, traceIds, metrics, clock);
        this.egressPolicy = new EgressPolicy(configuration.upstreamAllow());
        this.clientCertificates = new ClientCertificates(configuration.clientCertificates());
        String adminToken = configuration.adminToken();
        this.configuredToken = adminToken.isEmpty() ? null : AdminToken.admin(adminToken, "PINTLE_ADMIN_TOKEN");
        this.namedTokens = configuration.adminTokens().stream()
                .map(TokenConfiguration::token)
                .toList();
    }

    /**
     * Opens all resources and registers them in the environment of the server.
     *
     * @throws Exception with a message for the operator when the node cannot run; no resource stays open then
     */
    static void assemble(
            PintleConfiguration configuration, Environment environment, Supplier<StallAwareTicker> upstreamTicker)
            throws Exception {
        Closer resources = new Closer();
        try {
            new Node(configuration, environment, upstreamTicker, resources).assemble();
        } catch (Exception e) {
            resources.stop();
            throw e;
        }
        environment.lifecycle().manage(resources);
        environment.lifecycle().addEventListener(resources);
    }

    private void assemble() throws Exception {
        DataDirectory data = DataDirectory.open(configuration.dataDirectory());
        TokenFile tokenFile = new TokenFile(data.adminToken());
        AdminTokens tokens = tokens(tokenFile);
        DatabaseModule storage = DatabaseModule.open(configuration, data, environment, resources);
        AtomicInteger nodes = new AtomicInteger(1);
        Ticker ticker = resources.opened(upstreamTicker.get());
        Watchdog watchdog = resources.opened(new Watchdog(ticker));
        OpenTunnels tunnels = resources.opened(OpenTunnels.start(ticker));
        RouteRuntime runtime = runtime(rateLimits(nodes::get), watchdog, tunnels, ticker);
        keepKeySets(resources.opened(runtime.identities().providers()), new KeySetFile(data.keySets()));
        ActiveRouteTable activeTable = new ActiveRouteTable(runtime);
        SignOuts signOuts = new SignOuts();
        SignInCodes signInCodes = new SignInCodes(Ticker.SYSTEM, new SecureRandom());
        ChangeGuard guard =
                new ChangeGuard(metrics.recentTraffic(), SettingLayers.of(RouteSchema.SCHEMA), Ticker.SYSTEM);
        OperatorOverrides overrides = new OperatorOverrides(
                NodeHeartbeats.of(identity(), activeTable, readiness::isStopping, guard),
                storage.fleet(),
                new OverrideApplier(runtime, activeTable, reported -> {
                    nodes.set(reported.alive());
                    guard.judge(reported);
                }),
                signOuts,
                Ticker.SYSTEM,
                clock);
        ConfigurationSync sync = resources.opened(sync(storage, data, overrides, guard, runtime, activeTable));
        sync.start();
        resources
                .opened(new HistoryPruner(
                        storage.history(), configuration.history().retention()))
                .start();
        if (storage.embedded()) {
            DemoRoute.install(runtime.documents(), sync, resources);
        }
        metrics.configuration().unconfirmed(() -> sync.pendingConfirmation().isPresent());
        metrics.keySetAges(runtime.identities().providers()::ages);
        metrics.configuration().age(() -> sync.status().age());
        RuntimeMetrics.register(environment.metrics(), registry);
        NodeStatus nodeStatus = new NodeStatus(sync, activeTable, runtime, readiness, registry);
        AuditTrail trail = resources.opened(new AuditTrail(storage.audit(), Ticker.SYSTEM, random));
        trail.start();
        Linter linter = new Linter(runtime.documents(), nodes::get);
        new AdminApi(
                        tokens,
                        traceIds,
                        storage.history(),
                        storage.fleet(),
                        RolloutMonitor.ofNode(storage.fleet(), storage.history(), overrides, Ticker.SYSTEM),
                        trail,
                        storage.credentials(),
                        sync,
                        overrides,
                        runtime,
                        activeTable,
                        nodeStatus,
                        linter,
                        new LiveFeed(new LiveState(sync, activeTable, runtime, readiness), Ticker.SYSTEM),
                        new ConsoleSessions(sessionKey(tokenFile), signOuts::contains, clock, new SecureRandom()),
                        signInCodes,
                        Ticker.SYSTEM)
                .mountOn(environment.admin());
        proxy.open(activeTable, nodeStatus, watchdog, tunnels, runtime.secretParameters(), ticker);
        environment.lifecycle().addServerLifecycleListener(server -> egressPolicy.ownPorts(ports(server)));
        environment.lifecycle().addEventListener(new GracefulShutdown(readiness, configuration.shutdownDelay()));
        environment
                .lifecycle()
                .addServerLifecycleListener(new StartupBanner(
                        readiness,
                        activeTable,
                        storage.place(),
                        tokenSource(tokenFile),
                        storage.embedded() ? signInCodes::create : () -> ""));
    }

    /** A node that restarts while an identity provider is unavailable goes on with the keys that it had. */
    private static void keepKeySets(IdentityProviders providers, KeySetFile file) {
        providers.restore(file.read());
        providers.onChange(() -> file.write(providers.saved()));
    }

    private NodeIdentity identity() {
        String version = Node.class.getPackage().getImplementationVersion();
        return new NodeIdentity(UUID.randomUUID(), configuration.nodeName(), version == null ? "development" : version);
    }

    private ConfigurationSync sync(
            DatabaseModule storage,
            DataDirectory data,
            OperatorOverrides overrides,
            ChangeGuard guard,
            RouteRuntime runtime,
            ActiveRouteTable activeTable) {
        return new ConfigurationSync(
                storage.routes(),
                storage.confirmations(),
                new RevisionNotifications(storage.listening()),
                overrides,
                guard,
                new CredentialSync(storage.credentials(), runtime.identities(), Ticker.SYSTEM),
                new SnapshotFile(data.snapshot()),
                new TableActivation(activeTable, metrics),
                Ticker.SYSTEM,
                clock,
                random);
    }

    /** @param nodes the number of live nodes */
    private RateLimiterRegistry rateLimits(IntSupplier nodes) {
        int maxBuckets = configuration.rateLimits().maxBuckets();
        RedisUri url = configuration.rateLimits().redis();
        if (url == null) {
            return new RateLimiterRegistry(Ticker.SYSTEM, metrics, maxBuckets);
        }
        Redis redis =
                resources.opened(new Redis(url, RateLimiterRegistry.probe(), Ticker.SYSTEM, new RedisMetrics(metrics)));
        return new RateLimiterRegistry(Ticker.SYSTEM, maxBuckets, redis, nodes);
    }

    /** @param ticker the ticker for upstreams */
    private RouteRuntime runtime(
            RateLimiterRegistry rateLimits, Watchdog watchdog, OpenTunnels tunnels, Ticker ticker) {
        Dialer dialer = new Dialer(resources.opened(new SystemDnsResolver()), egressPolicy, ticker);
        ConnectionPool connections =
                resources.opened(new ConnectionPool(dialer, configuration.maxResponseHeaderBytes()));
        Http2UpstreamClient http2 = resources.opened(
                new Http2UpstreamClient(dialer, watchdog, Ticker.SYSTEM, configuration.maxResponseHeaderBytes()));
        UpstreamClient client =
                new ProtocolClients(new Http1UpstreamClient(connections, watchdog), http2, Ticker.SYSTEM);
        UpstreamRegistry upstreams =
                resources.opened(new UpstreamRegistry(client, Ticker.SYSTEM, ticker, clock, random));
        return new RouteRuntime(
                upstreams,
                new ClientTlsCache(clientCertificates),
                egressPolicy,
                rateLimits,
                new ConcurrencyLimiter(configuration.tunnels().max()),
                tunnels,
                metrics,
                ticker,
                clock,
                random);
    }

    /** The bound ports, which are unknown before the start if config.yml sets port 0. */
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
        return configuredToken == null ? file.read(new SecureRandom()) : configuredToken;
    }

    private SessionKey sessionKey(TokenFile file) throws IOException {
        return SessionKey.of(configuredToken == null ? file.secret(new SecureRandom()) : configuration.adminToken());
    }

    private String tokenSource(TokenFile file) {
        return configuredToken == null ? file.path().toString() : "environment variable PINTLE_ADMIN_TOKEN";
    }
}
