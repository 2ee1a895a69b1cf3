package dev.pintle.telemetry;

import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Registers the metrics of the JVM, and those of Dropwizard about the server, pools and logs. */
public final class RuntimeMetrics {
    private RuntimeMetrics() {}

    /** Adds the metrics to all scrapes. */
    public static void register(MetricRegistry dropwizard, PrometheusRegistry registry) {
        JvmMetrics.builder().register(registry);
        DropwizardExports.builder()
                .dropwizardRegistry(dropwizard)
                // The JVM metrics above have their own types and units.
                .metricFilter((name, metric) -> !name.startsWith("jvm."))
                // A gauge that cannot be read must not fail the whole scrape.
                .invalidMetricHandler((name, fault) -> true)
                .register(registry);
    }
}
