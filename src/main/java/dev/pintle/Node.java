package dev.pintle;

import dev.pintle.admin.AdminDesk;
import dev.pintle.admin.AdminToken;
import dev.pintle.admin.AdminTokens;
import dev.pintle.admin.CarriedOut;
import dev.pintle.admin.NodeReport;
import dev.pintle.admin.Readiness;
import dev.pintle.admin.TokenEntry;
import dev.pintle.admin.TokenFile;
import dev.pintle.policy.limit.RateLimits;
import dev.pintle.policy.limit.Redis;
import dev.pintle.policy.limit.RedisUrl;
import dev.pintle.routing.LiveTable;
import dev.pintle.routing.Workshop;
import dev.pintle.store.Notifications;
import dev.pintle.sync.Orders;
import dev.pintle.sync.SnapshotFile;
import dev.pintle.sync.Sync;
import dev.pintle.telemetry.HostMetrics;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.TraceIds;
import dev.pintle.time.Ticker;
import dev.pintle.time.Watchdog;
import dev.pintle.upstream.ClientCertificates;
import dev.pintle.upstream.Connections;
import dev.pintle.upstream.Destinations;
import dev.pintle.upstream.Dialer;
import dev.pintle.upstream.HttpSender;
import dev.pintle.upstream.SystemNames;
import dev.pintle.upstream.TlsContexts;
import dev.pintle.upstream.Upstreams;
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
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/** A machine that runs Pintle, put together from its parts, outside in: storage, what routes are made with, the two doors. */
final class Node {
    private static final int MAX_HEAD_LINE = 16 << 10;
    private static final int MAX_HEAD_FIELDS = 200;

    private final PintleConfiguration configuration;
    private final Environment environment;
    private final OpenThings things;
    private final Entrance entrance;
    private final Destinations destinations;
    private final ClientCertificates clientCertificates;
    private final @Nullable AdminToken givenToken;
    private final List<AdminToken> namedTokens;
    private final InstantSource clock = InstantSource.system();
    private final RandomGenerator random = new ThreadRandom();
    private final TraceIds traceIds = new TraceIds(random);
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Metrics metrics = new Metrics(registry);
    private final Readiness readiness = new Readiness();

    private Node(PintleConfiguration configuration, Environment environment, OpenThings things) {
        this.configuration = configuration;
        this.environment = environment;
        this.things = things;
        // What cannot be meant is told before anything is opened.
        this.entrance = new Entrance(configuration, environment, things, traceIds, metrics, clock);
        this.destinations = new Destinations(configuration.upstreamAllow());
        this.clientCertificates = new ClientCertificates(configuration.clientCertificates());
        String given = configuration.adminToken();
        this.givenToken = given.isEmpty() ? null : AdminToken.admin(given, "PINTLE_ADMIN_TOKEN");
        this.namedTokens =
                configuration.adminTokens().stream().map(TokenEntry::token).toList();
    }

    /**
     * Opens everything, and hangs it into the environment that will be served.
     *
     * @throws Exception with one sentence for the operator, when the node cannot run; nothing stays open then
     */
    static void assemble(PintleConfiguration configuration, Environment environment) throws Exception {
        OpenThings things = new OpenThings();
        try {
            new Node(configuration, environment, things).assemble();
        } catch (Exception e) {
            things.stop();
            throw e;
        }
        environment.lifecycle().manage(things);
        environment.lifecycle().addEventListener(things);
    }

    private void assemble() throws Exception {
        TokenFile tokenFile = new TokenFile(configuration.dataFolder());
        AdminTokens tokens = tokens(tokenFile);
        Storage storage = Storage.open(configuration, environment, things);
        AtomicInteger nodes = new AtomicInteger(1);
        Watchdog watchdog = things.opened(new Watchdog(Ticker.SYSTEM));
        Workshop workshop = workshop(rateLimits(nodes::get), watchdog);
        Orders orders =
                new Orders(UUID.randomUUID(), storage.fleet(), new CarriedOut(workshop, nodes::set), Ticker.SYSTEM);
        LiveTable live = new LiveTable(workshop);
        Sync sync = things.opened(sync(storage, orders, live));
        sync.start();
        if (storage.embedded()) {
            Demo.install(storage.routes(), sync, things);
        }
        metrics.configurationAge(() -> sync.status().age());
        HostMetrics.register(environment.metrics(), registry);
        NodeReport report = new NodeReport(sync, live, workshop, readiness, registry);
        new AdminDesk(tokens, traceIds, storage.routes(), sync, orders, workshop, live, report, Ticker.SYSTEM)
                .mountOn(environment.admin());
        entrance.open(live, report, watchdog);
        environment.lifecycle().addServerLifecycleListener(server -> destinations.ownPorts(ports(server)));
        environment.lifecycle().addEventListener(new Shutdown(readiness, configuration.shutdownDelay()));
        environment
                .lifecycle()
                .addServerLifecycleListener(
                        new Welcome(readiness, live, storage.place(), tokenPlace(tokenFile), System.out));
    }

    private Sync sync(Storage storage, Orders orders, LiveTable live) {
        return new Sync(
                storage.routes(),
                new Notifications(storage.listening()),
                orders,
                new SnapshotFile(configuration.dataFolder().resolve("snapshot.json")),
                live::publish,
                Ticker.SYSTEM,
                clock,
                random);
    }

    /** @param nodes how many nodes are alive */
    private RateLimits rateLimits(IntSupplier nodes) {
        int maxBuckets = configuration.rateLimits().maxBuckets();
        RedisUrl url = configuration.rateLimits().redis();
        if (url == null) {
            return new RateLimits(Ticker.SYSTEM, metrics, maxBuckets);
        }
        Redis redis = things.opened(new Redis(url, Ticker.SYSTEM, metrics));
        return new RateLimits(Ticker.SYSTEM, maxBuckets, redis, nodes);
    }

    private Workshop workshop(RateLimits rateLimits, Watchdog watchdog) {
        Dialer dialer = new Dialer(things.opened(new SystemNames()), destinations, Ticker.SYSTEM);
        Connections connections = things.opened(new Connections(dialer, MAX_HEAD_LINE, MAX_HEAD_FIELDS));
        Upstreams upstreams =
                things.opened(new Upstreams(new HttpSender(connections, watchdog), Ticker.SYSTEM, clock, random));
        return new Workshop(
                upstreams,
                new TlsContexts(clientCertificates),
                destinations,
                rateLimits,
                metrics,
                Ticker.SYSTEM,
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
        return givenToken == null ? file.path().toString() : "as PINTLE_ADMIN_TOKEN says";
    }
}
