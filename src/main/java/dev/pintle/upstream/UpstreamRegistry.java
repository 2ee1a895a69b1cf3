package dev.pintle.upstream;

import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.time.Sleeper;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.circuitbreaker.CircuitStatus;
import dev.pintle.upstream.circuitbreaker.ForcedCircuit;
import dev.pintle.upstream.health.HealthCheckScheduler;
import dev.pintle.upstream.loadbalancing.ConsistentHash;
import dev.pintle.upstream.loadbalancing.LoadBalancer;
import dev.pintle.upstream.loadbalancing.PowerOfTwoChoices;
import dev.pintle.upstream.target.Timeouts;
import dev.pintle.upstream.target.UpstreamClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * What a node remembers of the targets of its routes. It belongs to the identity of the thing, a route's id and a target's
 * URL, and not to the revision: a route that is compiled again finds it as it was. Safe for all threads.
 */
public final class UpstreamRegistry implements AutoCloseable {
    private final UpstreamClient sender;
    private final Ticker ticker;
    private final Ticker attemptTicker;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final HealthCheckScheduler healthChecks;
    private final Map<String, RouteUpstreamState> routes = new ConcurrentHashMap<>();
    private Map<String, ForcedCircuit> forced = Map.of();

    /**
     * A registry without routes.
     *
     * @param ticker times circuits and ejections
     * @param attemptTicker times attempts and health checks; it knows when this node did not run
     * @param random is used by all threads
     */
    public UpstreamRegistry(
            UpstreamClient sender, Ticker ticker, Ticker attemptTicker, InstantSource clock, RandomGenerator random) {
        this.sender = sender;
        this.ticker = ticker;
        this.attemptTicker = attemptTicker;
        this.clock = clock;
        this.random = random;
        this.healthChecks = new HealthCheckScheduler(sender, attemptTicker, random, Sleeper.SLEEP);
    }

    /**
     * The innermost handler of a route. The settings hold from now on, also for what is remembered; health checks begin when
     * the route is {@linkplain #inForce in force}.
     */
    public synchronized Attempt attempt(
            String route, UpstreamSettings settings, Timeouts timeouts, RouteMetrics metrics) {
        RouteUpstreamState memory = routes.computeIfAbsent(route, id -> new RouteUpstreamState(id, metrics, ticker));
        memory.circuits().force(forced.get(route));
        TargetPool upstream = new TargetPool(memory.adopt(settings), balancer(settings, memory), settings.ejection());
        return new Attempt(upstream, sender, timeouts, metrics, attemptTicker);
    }

    private LoadBalancer balancer(UpstreamSettings settings, RouteUpstreamState memory) {
        return switch (settings.balancing()) {
            case ROUND_ROBIN -> memory.roundRobin();
            case LEAST_REQUESTS -> new PowerOfTwoChoices(random);
            case CONSISTENT_HASH -> new ConsistentHash(settings.hashOn(), random);
        };
    }

    /** The route is in force: its targets are checked from now on, as its settings want it. */
    public synchronized void inForce(String route) {
        RouteUpstreamState memory = routes.get(route);
        if (memory != null) {
            memory.check(healthChecks);
        }
    }

    /** The route is no more. */
    public synchronized void forget(String route) {
        RouteUpstreamState memory = routes.remove(route);
        if (memory != null) {
            memory.close();
        }
    }

    /** The circuits of all routes that have any, as they are now. */
    public List<CircuitStatus> circuits() {
        return routes.values().stream()
                .flatMap(memory -> memory.circuits(clock.instant()).stream())
                .sorted(Comparator.comparing(CircuitStatus::route).thenComparing(CircuitStatus::target))
                .toList();
    }

    /** The reading of the ticker of circuits when so much time has passed from now: the end of a {@link ForcedCircuit}. */
    public long endAfter(Duration left) {
        return ticker.nanos() + left.toNanos();
    }

    /** Gives the circuits of these routes a state, whatever their targets do, and leaves all others to their targets. */
    public synchronized void force(Map<String, ForcedCircuit> byRoute) {
        forced = Map.copyOf(byRoute);
        routes.forEach((route, memory) -> memory.circuits().force(byRoute.get(route)));
    }

    /** Ends all health checks. */
    @Override
    public synchronized void close() {
        routes.keySet().forEach(this::forget);
    }
}
