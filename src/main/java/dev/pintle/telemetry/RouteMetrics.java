package dev.pintle.telemetry;

import dev.pintle.exchange.Meter;
import dev.pintle.exchange.Outcome;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** The data points of one route, looked up once. Safe for all threads. */
public final class RouteMetrics implements Meter {
    private final Metrics metrics;
    private final String route;
    private final ConcurrentMap<Integer, CounterDataPoint> requests = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CounterDataPoint> attempts = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CounterDataPoint> retries = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, TargetMetrics> targets = new ConcurrentHashMap<>();
    private final DistributionDataPoint duration;
    private final DistributionDataPoint upstreamDuration;
    private final GaugeDataPoint inFlight;
    private final CounterDataPoint retryBudgetExhausted;
    private final CounterDataPoint rateLimited;

    RouteMetrics(Metrics metrics, String route) {
        this.metrics = metrics;
        this.route = route;
        this.duration = metrics.duration.labelValues(route);
        this.upstreamDuration = metrics.upstreamDuration.labelValues(route);
        this.inFlight = metrics.inFlight.labelValues(route);
        this.retryBudgetExhausted = metrics.retryBudgetExhausted.labelValues(route);
        this.rateLimited = metrics.rateLimited.labelValues(route);
    }

    @Override
    public void began() {
        inFlight.inc();
    }

    @Override
    public void handedOn() {
        inFlight.dec();
    }

    @Override
    public void ended(Outcome outcome) {
        inFlight.dec();
        requests.computeIfAbsent(
                        outcome.status(), status -> metrics.requests.labelValues(route, StatusLabel.of(status)))
                .inc();
        duration.observe(seconds(outcome.nanos()));
    }

    /** An attempt ended, with its head or without. */
    public void attempted(String outcome, long nanos) {
        attempts.computeIfAbsent(outcome, name -> metrics.attempts.labelValues(route, name))
                .inc();
        upstreamDuration.observe(seconds(nanos));
    }

    /** An attempt is repeated. */
    public void retried(String reason) {
        retries.computeIfAbsent(reason, name -> metrics.retries.labelValues(route, name))
                .inc();
    }

    /** An attempt is not repeated, as the budget is spent. */
    public void retryBudgetExhausted() {
        retryBudgetExhausted.inc();
    }

    /** A request is refused by the rate limit. */
    public void rateLimited() {
        rateLimited.inc();
    }

    /**
     * The data points of a target that joins.
     *
     * @param status is asked at each scrape, until the target leaves
     */
    public TargetMetrics joined(String target, TargetStatus status) {
        TargetMetrics joined = new TargetMetrics(metrics.circuitTransitions, route, target, status);
        targets.put(target, joined);
        return joined;
    }

    /** A target leaves, and its series with it. */
    public void left(String target) {
        TargetMetrics gone = targets.remove(target);
        if (gone != null) {
            gone.remove();
        }
    }

    void reportCircuits(GaugeWithCallback.Callback gauge) {
        targets.values().forEach(target -> target.reportCircuit(gauge));
    }

    void reportHealth(GaugeWithCallback.Callback gauge) {
        targets.values().forEach(target -> target.reportHealth(gauge));
    }

    void remove() {
        requests.keySet().forEach(status -> metrics.requests.remove(route, StatusLabel.of(status)));
        Set.copyOf(attempts.keySet()).forEach(outcome -> metrics.attempts.remove(route, outcome));
        retries.keySet().forEach(reason -> metrics.retries.remove(route, reason));
        targets.values().forEach(TargetMetrics::remove);
        metrics.duration.remove(route);
        metrics.upstreamDuration.remove(route);
        metrics.inFlight.remove(route);
        metrics.retryBudgetExhausted.remove(route);
        metrics.rateLimited.remove(route);
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
