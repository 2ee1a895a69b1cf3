package dev.pintle.upstream;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.TunnelResponse;
import dev.pintle.telemetry.ConnectionUsage;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.time.Sleeper;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.circuitbreaker.CircuitStatus;
import dev.pintle.upstream.circuitbreaker.ForcedCircuit;
import dev.pintle.upstream.discovery.DiscoveryQuery;
import dev.pintle.upstream.discovery.DiscoveryStatus;
import dev.pintle.upstream.discovery.TargetDiscovery;
import dev.pintle.upstream.discovery.TargetLookup;
import dev.pintle.upstream.fetch.DocumentFetcher;
import dev.pintle.upstream.health.HealthCheckScheduler;
import dev.pintle.upstream.loadbalancing.ConsistentHash;
import dev.pintle.upstream.loadbalancing.LoadBalancer;
import dev.pintle.upstream.loadbalancing.PowerOfTwoChoices;
import dev.pintle.upstream.state.TargetAvailability;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.Timeouts;
import dev.pintle.upstream.target.UpstreamClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The state that a node keeps of the targets of its routes. The key is the route's id and the target's URL, not the
 * revision, so a recompiled route keeps its state. Thread-safe.
 */
public final class UpstreamRegistry implements AutoCloseable {
    private static final int MAX_PENDING_LINES = 1_000;

    private final UpstreamClient client;
    private final TargetLookup lookup;
    private final Ticker ticker;
    private final Ticker attemptTicker;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final HealthCheckScheduler healthChecks;
    private final DocumentFetcher documents;

    /** One thread writes the log of changes in order. A blocked log loses lines; it does not delay requests. */
    private final ExecutorService events = new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_PENDING_LINES),
            Thread.ofVirtual().name("target-changes").factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    private final Map<String, RouteUpstreamState> routes = new ConcurrentHashMap<>();
    private Map<String, ForcedCircuit> forced = Map.of();

    /**
     * A registry without routes.
     *
     * @param lookup finds targets by DNS
     * @param ticker times circuits and ejections
     * @param attemptTicker times attempts and health checks, and detects when this node was paused
     * @param random shared by all threads
     */
    public UpstreamRegistry(
            UpstreamClient client,
            TargetLookup lookup,
            Ticker ticker,
            Ticker attemptTicker,
            InstantSource clock,
            RandomGenerator random) {
        this.client = client;
        this.lookup = lookup;
        this.ticker = ticker;
        this.attemptTicker = attemptTicker;
        this.clock = clock;
        this.random = random;
        this.documents = new DocumentFetcher(client, attemptTicker, random);
        this.healthChecks = new HealthCheckScheduler(client, attemptTicker, random, Sleeper.SLEEP);
    }

    /** Fetches the documents that the gateway itself needs. */
    public DocumentFetcher documents() {
        return documents;
    }

    /**
     * The innermost handler of a route. The settings apply immediately, also to existing state. Health checks and
     * discovery start when the route is {@linkplain #activated active}.
     */
    public synchronized Attempt attempt(
            String route, UpstreamSettings settings, Timeouts timeouts, RouteMetrics metrics) {
        RouteUpstreamState routeState = routes.computeIfAbsent(
                route, id -> new RouteUpstreamState(id, metrics, ticker, events, discoveries(id)));
        routeState.circuits().force(forced.get(route));
        TargetPool upstream =
                new TargetPool(routeState.adopt(settings), balancer(settings, routeState), settings.outlierDetection());
        return new Attempt(upstream, client, timeouts, metrics, attemptTicker);
    }

    private Function<DiscoveryQuery, TargetDiscovery> discoveries(String route) {
        return query -> new TargetDiscovery(route, query, lookup, random, Sleeper.SLEEP, clock);
    }

    /**
     * Sends a request of the gateway itself over the connections of the upstreams, within the egress policy.
     *
     * @param server a URL without a path
     * @throws dev.pintle.http.ExchangeException when no response arrives
     */
    public FinalResponse send(String server, Exchange exchange, Duration timeout) {
        Timeouts timeouts = new Timeouts(timeout, timeout, timeout);
        return switch (client.send(Target.of(server, 1), exchange, timeouts)) {
            case FinalResponse answer -> answer;
            case TunnelResponse tunnel -> {
                tunnel.upstream().close();
                throw new ExchangeException(FailureKind.RESET, server + " switched protocols without being asked");
            }
        };
    }

    private LoadBalancer balancer(UpstreamSettings settings, RouteUpstreamState routeState) {
        return switch (settings.balancing()) {
            case ROUND_ROBIN -> routeState.roundRobin();
            case LEAST_REQUESTS -> new PowerOfTwoChoices(random);
            case CONSISTENT_HASH -> new ConsistentHash(settings.hashOn(), random);
        };
    }

    /** Starts the health checks and the discovery of a route that became active. */
    public synchronized void activated(String route) {
        RouteUpstreamState routeState = routes.get(route);
        if (routeState != null) {
            routeState.activate(healthChecks, this);
        }
    }

    /** Removes the state of a deleted route. */
    public synchronized void forget(String route) {
        RouteUpstreamState routeState = routes.remove(route);
        if (routeState != null) {
            routeState.close();
        }
    }

    /** The current circuits of all routes that have any. */
    public List<CircuitStatus> circuits() {
        return routes.values().stream()
                .flatMap(routeState -> routeState.circuits(clock.instant()).stream())
                .sorted(Comparator.comparing(CircuitStatus::route).thenComparing(CircuitStatus::target))
                .toList();
    }

    /**
     * The results of health checks and outlier detection, for the targets of routes that have either.
     */
    public List<TargetAvailability> availabilities() {
        return routes.values().stream()
                .flatMap(routeState -> routeState.availabilities(clock.instant()).stream())
                .sorted(Comparator.comparing(TargetAvailability::route).thenComparing(TargetAvailability::target))
                .toList();
    }

    /** The open connections of this node by target, those of both protocols. */
    public List<ConnectionUsage> connections() {
        return client.usage();
    }

    /** The discoveries of all routes that have one. */
    public List<DiscoveryStatus> discoveries() {
        return routes.values().stream()
                .flatMap(routeState -> routeState.discovery().stream())
                .sorted(Comparator.comparing(DiscoveryStatus::route))
                .toList();
    }

    /**
     * The reading of the circuit ticker after the given time: the end of a {@link ForcedCircuit}.
     */
    public long endAfter(Duration left) {
        return ticker.nanos() + left.toNanos();
    }

    /**
     * Forces the circuits of these routes into a state, and returns all other circuits to normal operation.
     */
    public synchronized void force(Map<String, ForcedCircuit> byRoute) {
        forced = Map.copyOf(byRoute);
        routes.forEach((route, routeState) -> routeState.circuits().force(byRoute.get(route)));
    }

    /** Stops all health checks and discoveries. */
    @Override
    public synchronized void close() {
        routes.keySet().forEach(this::forget);
        events.shutdown();
    }
}
