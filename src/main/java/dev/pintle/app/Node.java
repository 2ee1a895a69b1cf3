package dev.pintle.app;

import dev.pintle.admin.AdminApi;
import dev.pintle.admin.api.AuditTrail;
import dev.pintle.admin.api.OverrideApplier;
import dev.pintle.admin.auth.AdminTokens;
import dev.pintle.admin.auth.TokenFile;
import dev.pintle.config.KeyDictionary;
import dev.pintle.console.ConsoleSessions;
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
import dev.pintle.lint.NodeFacts;
import dev.pintle.peer.PeerClient;
import dev.pintle.peer.PeerKey;
import dev.pintle.peer.SnapshotOffer;
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
import dev.pintle.time.Sleeper;
import dev.pintle.time.StallAwareTicker;
import dev.pintle.time.Ticker;
import dev.pintle.time.Watchdog;
import dev.pintle.tunnel.OpenTunnels;
import io.dropwizard.core.setup.Environment;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Assembles a node: storage, synchronization, routes, the gateway port and the admin port. */
final class Node {
    private final PintleConfiguration configuration;
    private final Environment environment;
    private final Supplier<StallAwareTicker> upstreamTicker;
    private final Closer resources;
    private final ProxyAssembly proxy;
    private final RuntimeAssembly routes;
    private final AdminAccess access;
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
        this.routes = new RuntimeAssembly(configuration, resources, metrics, clock, random);
        this.access = new AdminAccess(configuration);
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
        AdminTokens tokens = access.tokens(tokenFile);
        PeerKey peerKey = access.peerKey(tokenFile);
        PeerClient peers = new PeerClient(configuration.peers(), peerKey);
        if (!configuration.peers().isEmpty()) {
            // A peer that starts waits for the answer of this node, not for its key.
            Thread.ofPlatform().daemon().name("peer-key").start(peerKey::derive);
        }
        DatabaseModule storage = DatabaseModule.open(configuration, data, environment, resources);
        AtomicInteger nodes = new AtomicInteger(1);
        Ticker ticker = resources.opened(upstreamTicker.get());
        Watchdog watchdog = resources.opened(new Watchdog(ticker));
        OpenTunnels tunnels = resources.opened(OpenTunnels.start(ticker));
        RouteRuntime runtime = routes.runtime(nodes::get, watchdog, tunnels, ticker);
        keepKeySets(resources.opened(runtime.identities().providers()), new KeySetFile(data.keySets()));
        ActiveRouteTable activeTable = new ActiveRouteTable(runtime);
        SignOuts signOuts = new SignOuts(clock.instant());
        SignInCodes signInCodes = new SignInCodes(Ticker.SYSTEM, new SecureRandom());
        ChangeGuard guard =
                new ChangeGuard(metrics.recentTraffic(), SettingLayers.of(RouteSchema.SCHEMA), Ticker.SYSTEM);
        OperatorOverrides overrides = new OperatorOverrides(
                NodeHeartbeats.of(identity(), activeTable, readiness::isStopping, guard),
                storage.cluster(),
                new OverrideApplier(runtime, activeTable, reported -> {
                    nodes.set(reported.alive());
                    guard.judge(reported);
                }),
                signOuts,
                Ticker.SYSTEM,
                clock);
        ConfigurationSync sync = resources.opened(sync(storage, data, peers, overrides, guard, runtime, activeTable));
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
        Linter linter = new Linter(
                runtime.documents(),
                new NodeFacts(nodes::get, configuration.server().requestsCertificates()));
        new AdminApi(
                        tokens,
                        traceIds,
                        storage.history(),
                        storage.cluster(),
                        RolloutMonitor.ofNode(
                                storage.cluster(), storage.history(), overrides.membership(), Ticker.SYSTEM),
                        trail,
                        storage.credentials(),
                        sync,
                        overrides,
                        runtime,
                        activeTable,
                        nodeStatus,
                        linter,
                        new LiveFeed(new LiveState(sync, activeTable, runtime, readiness), Ticker.SYSTEM),
                        new ConsoleSessions(
                                access.sessionKey(tokenFile),
                                session -> signOuts.hasEnded(session.id(), session.startedAt()),
                                clock,
                                new SecureRandom()),
                        signInCodes,
                        new SnapshotOffer(peerKey, sync::snapshotForPeer),
                        Ticker.SYSTEM)
                .mountOn(environment.admin());
        proxy.open(activeTable, nodeStatus, watchdog, tunnels, runtime.secretParameters(), ticker);
        environment.lifecycle().addServerLifecycleListener(routes::blockPorts);
        environment
                .lifecycle()
                .addEventListener(new GracefulShutdown(readiness, configuration.shutdownDelay(), Sleeper.SLEEP));
        environment
                .lifecycle()
                .addServerLifecycleListener(new StartupBanner(
                        readiness,
                        activeTable,
                        storage.place(),
                        access.source(tokenFile),
                        storage.embedded() ? signInCodes::create : () -> ""));
    }

    /** Keeps the keys of identity providers on disk, so that a node can restart while a provider is unavailable. */
    private static void keepKeySets(IdentityProviders providers, KeySetFile file) {
        providers.restore(file.read());
        providers.onChange(() -> file.write(providers.saved()));
    }

    private NodeIdentity identity() {
        String version = Node.class.getPackage().getImplementationVersion();
        return new NodeIdentity(
                UUID.randomUUID(),
                configuration.nodeName(),
                version == null ? "development" : version,
                KeyDictionary.of(RouteSchema.SCHEMA));
    }

    private ConfigurationSync sync(
            DatabaseModule storage,
            DataDirectory data,
            PeerClient peers,
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
                peers,
                new TableActivation(activeTable, metrics),
                Ticker.SYSTEM,
                clock,
                random);
    }
}
