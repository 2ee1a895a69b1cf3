package dev.pintle.telemetry;

import dev.pintle.http.TraceId;
import dev.pintle.time.Ticker;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Durations in one histogram, with the trace ids of some of them as exemplars. Safe for all threads. */
final class TracedDurations {
    /**
     * The Prometheus client takes a new exemplar a few times a second and discards the others, whose labels it has checked
     * before.
     */
    private static final long INTERVAL_NANOS = Duration.ofMillis(50).toNanos();

    private final DistributionDataPoint point;
    private final Ticker ticker;
    private final AtomicLong lastExemplar;

    TracedDurations(DistributionDataPoint point, Ticker ticker) {
        this.point = point;
        this.ticker = ticker;
        this.lastExemplar = new AtomicLong(ticker.nanos() - INTERVAL_NANOS);
    }

    void observe(long nanos, TraceId trace) {
        double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
        long now = ticker.nanos();
        long last = lastExemplar.get();
        if (now - last >= INTERVAL_NANOS && lastExemplar.compareAndSet(last, now)) {
            point.observeWithExemplar(seconds, Labels.of("trace_id", trace.hex()));
        } else {
            point.observe(seconds);
        }
    }
}
