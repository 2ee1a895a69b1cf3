package dev.pintle.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the totals of all routes from two metrics, without a scrape of the others. */
final class TrafficReader {
    private TrafficReader() {}

    static Map<String, RouteTotals> read(Counter requests, Histogram duration) {
        Map<String, RouteTotals> totals = new HashMap<>();
        for (CounterDataPointSnapshot point : requests.collect().getDataPoints()) {
            totals.merge(String.valueOf(point.getLabels().get("route")), counted(point), RouteTotals::plus);
        }
        for (HistogramDataPointSnapshot point : duration.collect().getDataPoints()) {
            totals.merge(String.valueOf(point.getLabels().get("route")), measured(point), RouteTotals::plus);
        }
        return totals;
    }

    private static RouteTotals counted(CounterDataPointSnapshot point) {
        String status = String.valueOf(point.getLabels().get("status"));
        long count = (long) point.getValue();
        return new RouteTotals(count, status.startsWith("5") ? count : 0, status.equals("429") ? count : 0, List.of());
    }

    private static RouteTotals measured(HistogramDataPointSnapshot point) {
        List<Long> buckets = new ArrayList<>();
        for (ClassicHistogramBucket bucket : point.getClassicBuckets()) {
            buckets.add(bucket.getCount());
        }
        return new RouteTotals(0, 0, 0, buckets);
    }
}
