package dev.pintle.telemetry;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The series of one counter that belong to one owner and differ in their last label. Each is looked up once. After the end of
 * the owner nothing is counted, so that an exchange which outlives its route does not bring a series back. Safe for all
 * threads.
 */
final class LabeledCounter {
    private final Counter counter;
    private final String[] owner;
    private final Map<String, CounterDataPoint> points = new ConcurrentHashMap<>();
    private boolean ended;

    /** @param owner the values of all labels but the last */
    LabeledCounter(Counter counter, String... owner) {
        this.counter = counter;
        this.owner = owner.clone();
    }

    /** One more. */
    void inc(String value) {
        CounterDataPoint point = points.get(value);
        if (point != null) {
            point.inc();
        } else {
            begin(value);
        }
    }

    private synchronized void begin(String value) {
        if (!ended) {
            points.computeIfAbsent(value, any -> counter.labelValues(labels(value)))
                    .inc();
        }
    }

    /** The series are no more. */
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
