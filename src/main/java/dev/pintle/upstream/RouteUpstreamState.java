package dev.pintle.upstream;

import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.circuitbreaker.CircuitStatus;
import dev.pintle.upstream.circuitbreaker.ForcedCircuitState;
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
    private @Nullable HealthCheckSettings wanted;

    /** @param events writes the log of changes */
    RouteUpstreamState(String route, RouteMetrics metrics, Ticker ticker, Executor events) {
        this.route = route;
        this.metrics = metrics;
        this.ticker = ticker;
        this.events = events;
        this.circuits = new ForcedCircuitState(ticker);
    }

    /** Returns the states of the targets in the settings, and drops the states of removed targets. */
    List<TargetState> adopt(UpstreamSettings settings) {
        wanted = settings.healthCheck();
        Set<String> urls = settings.targets().stream().map(Target::url).collect(Collectors.toUnmodifiableSet());
        Set.copyOf(targetStates.keySet()).stream()
                .filter(url -> !urls.contains(url))
                .forEach(this::forget);
        return settings.targets().stream()
                .map(target -> targetState(target, settings))
                .toList();
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

    /** Starts the health checks of the targets according to the settings. */
    void check(HealthCheckScheduler healthChecks) {
        targetStates.forEach((url, targetState) -> {
            HealthCheck running = checks.get(url);
            if (running == null ? wanted != null : !running.asks(targetState.target(), wanted)) {
                stopCheck(url);
                startCheck(url, targetState, healthChecks);
            }
        });
    }

    private void startCheck(String url, TargetState targetState, HealthCheckScheduler healthChecks) {
        if (wanted != null) {
            HealthCheckSettings settings = wanted;
            checks.put(
                    url,
                    healthChecks.begin(
                            targetState.target(), settings, outcome -> targetState.checked(outcome, settings)));
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

    @Override
    public void close() {
        Set.copyOf(targetStates.keySet()).forEach(this::forget);
    }
}
