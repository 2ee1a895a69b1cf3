package dev.pintle.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The metrics of the configuration of this node and of its cluster. Safe for all threads. */
public final class ConfigurationMetrics {
    private final PrometheusRegistry registry;
    private final Gauge revision;
    private final Counter reloads;
    private final Histogram applied;
    private final Counter autoReverts;
    private final Gauge nodes;

    ConfigurationMetrics(PrometheusRegistry registry) {
        this.registry = registry;
        revision = Gauge.builder()
                .withoutExemplars()
                .name("gateway_config_revision")
                .help("The active configuration revision of this node.")
                .register(registry);
        reloads = Counter.builder()
                .withoutExemplars()
                .name("gateway_config_reloads_total")
                .help("Activated route tables, by result: ok, or partial when a route was rejected.")
                .labelNames("result")
                .register(registry);
        applied = Histogram.builder()
                .name("gateway_config_applied_seconds")
                .unit(Unit.SECONDS)
                .help(
                        "Seconds from a write with wait=applied until every node served it; without writes that timed out.")
                .classicOnly()
                .classicUpperBounds(Buckets.REQUEST_SECONDS)
                .register(registry);
        autoReverts = Counter.builder()
                .withoutExemplars()
                .name("gateway_config_auto_reverts_total")
                .help("Unconfirmed revisions that this node reverted, by reason: deadline, errors or p99.")
                .labelNames("reason")
                .register(registry);
        nodes = Gauge.builder()
                .withoutExemplars()
                .name("gateway_nodes")
                .help("Nodes of the cluster by state, as of the last heartbeat of this node.")
                .labelNames("state")
                .register(registry);
    }

    /** Records the activation of a route table. */
    public void reloaded(long number, boolean complete) {
        revision.set((double) number);
        reloads.labelValues(complete ? "ok" : "partial").inc();
    }

    /** Records that every node serves a write. */
    public void applied(long nanos) {
        applied.observe(nanos / (double) TimeUnit.SECONDS.toNanos(1));
    }

    /** Records that this node reverted an unconfirmed revision. */
    public void autoReverted(String reason) {
        autoReverts.labelValues(reason).inc();
    }

    /** Supplies to every scrape whether a revision waits for its confirmation. */
    public void unconfirmed(BooleanSupplier waits) {
        GaugeWithCallback.builder()
                .name("gateway_config_unconfirmed")
                .help("1 while the latest revision waits for its confirmation, otherwise 0.")
                .callback(point -> point.call(waits.getAsBoolean() ? 1 : 0))
                .register(registry);
    }

    /** Supplies the age of the configuration to every scrape. */
    public void age(Supplier<Duration> age) {
        GaugeWithCallback.builder()
                .name("gateway_config_age_seconds")
                .unit(Unit.SECONDS)
                .help("Seconds since the configuration was last known to be current.")
                .callback(point -> point.call(age.get().toMillis() / 1_000.0))
                .register(registry);
    }

    /** Sets the number of nodes in a state. */
    public void nodes(String state, long count) {
        nodes.labelValues(state).set((double) count);
    }
}
