package dev.pintle.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;

/** The data points of one target of a route. Safe for all threads. */
public final class TargetMetrics {
    private final String route;
    private final String target;
    private final TargetStatus status;
    private final LabeledCounter transitions;

    TargetMetrics(Counter circuitTransitions, String route, String target, TargetStatus status) {
        this.route = route;
        this.target = target;
        this.status = status;
        this.transitions = new LabeledCounter(circuitTransitions, route, target);
    }

    /** Records a state change of the circuit. */
    public void circuitChanged(String state) {
        transitions.inc(state);
    }

    void reportCircuit(GaugeWithCallback.Callback gauge) {
        status.circuitOpen().ifPresent(open -> gauge.call(open ? 1 : 0, route, target));
    }

    void reportHealth(GaugeWithCallback.Callback gauge) {
        status.healthy().ifPresent(healthy -> gauge.call(healthy ? 1 : 0, route, target));
    }

    void remove() {
        transitions.end();
    }
}
