package dev.pintle.telemetry;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The metrics of the rate limiters of this node. Safe for all threads. */
public final class RateLimiterMetrics {
    private static final List<String> MODES = List.of("redis", "local", "split");

    private final Gauge mode;
    private final Histogram calls;

    RateLimiterMetrics(PrometheusRegistry registry) {
        mode = Gauge.builder()
                .withoutExemplars()
                .name("gateway_rate_limit_mode")
                .help("1 for the place where the node counts requests: redis, local, or split while Redis "
                        + "is unavailable; 0 for the others.")
                .labelNames("mode")
                .register(registry);
        calls = Histogram.builder()
                .name("gateway_rate_limit_call_seconds")
                .unit(Unit.SECONDS)
                .help("Duration of calls to Redis for rate limits, in seconds.")
                .classicOnly()
                .classicUpperBounds(Buckets.CALL_SECONDS)
                .register(registry);
    }

    /** Sets the place where the node counts requests: {@code redis}, {@code local} or {@code split}. */
    public void mode(String current) {
        for (String each : MODES) {
            mode.labelValues(each).set(each.equals(current) ? 1 : 0);
        }
    }

    /** Records a call to Redis. */
    public void called(long nanos) {
        calls.observe(nanos / (double) TimeUnit.SECONDS.toNanos(1));
    }
}
