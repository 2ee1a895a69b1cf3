package dev.pintle.telemetry;

import dev.pintle.http.TunnelMeter;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;

/** The data points of the tunnels of one route. Safe for all threads. */
final class TunnelMetrics implements TunnelMeter {
    private final RouteFamilies families;
    private final String route;
    private final GaugeDataPoint open;
    private final LabeledCounter ends;
    private final LabeledCounter bytes;

    TunnelMetrics(RouteFamilies families, String route) {
        this.families = families;
        this.route = route;
        this.open = families.tunnelsOpen.labelValues(route);
        this.ends = new LabeledCounter(families.tunnels, route);
        this.bytes = new LabeledCounter(families.tunnelBytes, route);
    }

    @Override
    public void opened() {
        open.inc();
    }

    @Override
    public void received(int count) {
        bytes.inc("in", count);
    }

    @Override
    public void sent(int count) {
        bytes.inc("out", count);
    }

    @Override
    public void ended(String end) {
        open.dec();
        ends.inc(end);
    }

    /** Ends the series. */
    void remove() {
        ends.end();
        bytes.end();
        families.tunnelsOpen.remove(route);
    }
}
