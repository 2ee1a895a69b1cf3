package dev.pintle.telemetry;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The data points of one target of a route. Safe for all threads. */
public final class TargetMetrics {
    private final Counter circuitTransitions;
    private final String route;
    private final String target;
    private final TargetStatus status;
    private final ConcurrentMap<String, CounterDataPoint> transitions = new ConcurrentHashMap<>();

    TargetMetrics(Counter circuitTransitions, String route, String target, TargetStatus status) {
        this.circuitTransitions = circuitTransitions;
        this.route = route;
        this.target = target;
        this.status = status;
    }

    /** The circuit changed. */
    public void circuitCameTo(String state) {
        transitions
                .computeIfAbsent(state, to -> circuitTransitions.labelValues(route, target, to))
                .inc();
    }

    void reportCircuit(GaugeWithCallback.Callback gauge) {
        status.circuitOpen().ifPresent(open -> gauge.call(open ? 1 : 0, route, target));
    }

    void reportHealth(GaugeWithCallback.Callback gauge) {
        status.healthy().ifPresent(healthy -> gauge.call(healthy ? 1 : 0, route, target));
    }

    void remove() {
        transitions.keySet().forEach(to -> circuitTransitions.remove(route, target, to));
    }
}
