package dev.pintle.telemetry;

import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** The metrics of what the gateway stands on: the JVM, and what Dropwizard measures of its server, pools and logs. */
public final class RuntimeMetrics {
    private RuntimeMetrics() {}

    /** Shows them in every scrape from now on. */
    public static void register(MetricRegistry dropwizard, PrometheusRegistry registry) {
        JvmMetrics.builder().register(registry);
        DropwizardExports.builder()
                .dropwizardRegistry(dropwizard)
                // The JVM is told about above, by types and units of its own.
                .metricFilter((name, metric) -> !name.startsWith("jvm."))
                // A gauge that cannot be read now must not take the whole scrape along.
                .invalidMetricHandler((name, fault) -> true)
                .register(registry);
    }
}
