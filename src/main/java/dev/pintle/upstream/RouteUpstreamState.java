package dev.pintle.upstream;

import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.circuitbreaker.CircuitStatus;
import dev.pintle.upstream.circuitbreaker.ForcedCircuitState;
import dev.pintle.upstream.discovery.DiscoveryQuery;
import dev.pintle.upstream.discovery.DiscoverySettings;
import dev.pintle.upstream.discovery.DiscoveryStatus;
import dev.pintle.upstream.discovery.TargetDiscovery;
import dev.pintle.upstream.health.HealthCheck;
import dev.pintle.upstream.health.HealthCheckScheduler;
import dev.pintle.upstream.health.HealthCheckSettings;
import dev.pintle.upstream.loadbalancing.RoundRobin;
import dev.pintle.upstream.state.TargetAvailability;
import dev.pintle.upstream.state.TargetChangeLog;
import dev.pintle.upstream.state.TargetState;
import dev.pintle.upstream.target.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The state of the targets of one route, which outlives its revisions. One thread at a time changes it; all threads
 * read it.
 */
final class RouteUpstreamState implements AutoCloseable {
    private final String route;
    private final RouteMetrics metrics;
    private final Ticker ticker;
    private final Executor events;
    private final ForcedCircuitState circuits;
    private final RoundRobin roundRobin = new RoundRobin();
    private final Map<String, TargetState> targetStates = new ConcurrentHashMap<>();
    private final Map<String, HealthCheck> checks = new ConcurrentHashMap<>();
    private final Function<DiscoveryQuery, TargetDiscovery> discoveries;
    private @Nullable UpstreamSettings adopted;
    private volatile @Nullable DiscoveredTargets discovered;

    /**
     * Creates the state without targets.
     *
     * @param events writes the log of changes
     * @param discoveries creates the discovery of a query
     */
    RouteUpstreamState(
            String route,
            RouteMetrics metrics,
            Ticker ticker,
            Executor events,
            Function<DiscoveryQuery, TargetDiscovery> discoveries) {
        this.route = route;
        this.metrics = metrics;
        this.ticker = ticker;
        this.events = events;
        this.discoveries = discoveries;
        this.circuits = new ForcedCircuitState(ticker);
    }

    /** Returns the targets of the settings. A discovery of the same query goes on. */
    TargetList adopt(UpstreamSettings settings) {
        adopted = settings;
        DiscoverySettings wanted = settings.discovery();
        DiscoveredTargets running = discovered;
        if (wanted != null && running != null && running.answers(wanted.query())) {
            running.publish(adopt(wanted.targets(running.endpoints()), settings));
            return running;
        }
        stopDiscovery();
        if (wanted == null) {
            return new ListedTargets(adopt(settings.targets(), settings));
        }
        DiscoveredTargets started = new DiscoveredTargets(discoveries.apply(wanted.query()));
        discovered = started;
        return started;
    }

    /** Adopts the addresses that the discovery found, unless it was stopped. */
    private void adoptFrom(DiscoveredTargets source, HealthCheckScheduler healthChecks) {
        UpstreamSettings settings = adopted;
        if (source == discovered && settings != null && settings.discovery() != null) {
            source.publish(adopt(settings.discovery().targets(source.endpoints()), settings));
            check(healthChecks);
        }
    }

    /** Returns the states of these targets, and drops the states of all others. */
    private List<TargetState> adopt(List<Target> targets, UpstreamSettings settings) {
        Set<String> urls = targets.stream().map(Target::url).collect(Collectors.toUnmodifiableSet());
        Set.copyOf(targetStates.keySet()).stream()
                .filter(url -> !urls.contains(url))
                .forEach(this::forget);
        return targets.stream().map(target -> targetState(target, settings)).toList();
    }

    private TargetState targetState(Target target, UpstreamSettings settings) {
        TargetState targetState = targetStates.computeIfAbsent(
                target.url(),
                url -> new TargetState(target, circuits, ticker, metrics, new TargetChangeLog(route, url, events)));
        targetState.adopt(target, settings);
        return targetState;
    }

    private void forget(String url) {
        stopCheck(url);
        targetStates.remove(url);
        metrics.removeTarget(url);
    }

    /**
     * Starts the discovery and the health checks of the targets according to the settings.
     *
     * @param lock guards this object
     */
    void activate(HealthCheckScheduler healthChecks, Object lock) {
        DiscoveredTargets source = discovered;
        if (source != null) {
            source.start(() -> {
                synchronized (lock) {
                    adoptFrom(source, healthChecks);
                }
            });
        }
        check(healthChecks);
    }

    private void check(HealthCheckScheduler healthChecks) {
        HealthCheckSettings wanted = adopted == null ? null : adopted.healthCheck();
        targetStates.forEach((url, targetState) -> {
            HealthCheck running = checks.get(url);
            if (running == null ? wanted != null : !running.asks(targetState.target(), wanted)) {
                stopCheck(url);
                if (wanted != null) {
                    checks.put(url, start(wanted, targetState, healthChecks));
                }
            }
        });
    }

    private static HealthCheck start(
            HealthCheckSettings settings, TargetState targetState, HealthCheckScheduler healthChecks) {
        return healthChecks.begin(targetState.target(), settings, outcome -> targetState.checked(outcome, settings));
    }

    private void stopDiscovery() {
        DiscoveredTargets running = discovered;
        if (running != null) {
            running.close();
            discovered = null;
        }
    }

    private void stopCheck(String url) {
        HealthCheck running = checks.remove(url);
        if (running != null) {
            running.close();
        }
    }

    ForcedCircuitState circuits() {
        return circuits;
    }

    RoundRobin roundRobin() {
        return roundRobin;
    }

    List<CircuitStatus> circuits(Instant now) {
        return targetStates.values().stream()
                .map(targetState -> targetState.circuit(route, now))
                .flatMap(Optional::stream)
                .toList();
    }

    List<TargetAvailability> availabilities(Instant now) {
        return targetStates.values().stream()
                .map(targetState -> targetState.availability(route, now))
                .flatMap(Optional::stream)
                .toList();
    }

    Optional<DiscoveryStatus> discovery() {
        return Optional.ofNullable(discovered).map(DiscoveredTargets::status);
    }

    @Override
    public void close() {
        stopDiscovery();
        Set.copyOf(targetStates.keySet()).forEach(this::forget);
    }
}
