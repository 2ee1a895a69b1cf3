package dev.pintle.telemetry;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The series of one counter that belong to one owner and differ in their last label. It looks up each series once.
 * After the end of the owner it counts nothing, so that an exchange that outlives its route does not recreate a series.
 * Safe for all threads.
 */
final class LabeledCounter {
    private final Counter counter;
    private final String[] owner;
    private final Map<String, CounterDataPoint> points = new ConcurrentHashMap<>();
    private boolean ended;

    /**
     * Creates the counter of an owner.
     *
     * @param owner the values of all labels except the last
     */
    LabeledCounter(Counter counter, String... owner) {
        this.counter = counter;
        this.owner = owner.clone();
    }

    /** Increments the series of a label value. */
    void inc(String value) {
        inc(value, 1);
    }

    /** Increments the series of a label value by a number. */
    void inc(String value, long amount) {
        CounterDataPoint point = points.get(value);
        if (point != null) {
            point.inc(amount);
        } else {
            createSeries(value, amount);
        }
    }

    private synchronized void createSeries(String value, long amount) {
        if (!ended) {
            points.computeIfAbsent(value, any -> counter.labelValues(labels(value)))
                    .inc(amount);
        }
    }

    /** Removes the series. */
    synchronized void end() {
        ended = true;
        points.keySet().forEach(value -> counter.remove(labels(value)));
        points.clear();
    }

    private String[] labels(String value) {
        String[] labels = Arrays.copyOf(owner, owner.length + 1);
        labels[owner.length] = value;
        return labels;
    }
}
