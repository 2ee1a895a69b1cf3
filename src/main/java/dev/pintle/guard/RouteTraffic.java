package dev.pintle.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one route in the last minutes. Holds the counts of at most {@value #KEPT} periods, and none for a route without
 * requests. Safe for all threads; a count may be lost when a period ends.
 */
public final class RouteTraffic {
    static final int KEPT = 8;

    /** The periods before a mark that count: five whole ones, and the one that the mark ended. */
    private static final int BEFORE = 6;

    private final TrafficPeriods periods;
    private final AtomicReferenceArray<@Nullable Period> kept = new AtomicReferenceArray<>(KEPT);

    public RouteTraffic(TrafficPeriods periods) {
        this.periods = periods;
    }

    /** The counts of one period: a number of requests for each bucket, then the failed requests. */
    private record Period(long number, AtomicIntegerArray counts) {
        static Period of(long number) {
            return new Period(number, new AtomicIntegerArray(LatencyBuckets.COUNT + 1));
        }
    }

    /** A request ended. */
    public void count(long nanos, boolean failed) {
        AtomicIntegerArray counts = current().counts();
        counts.getAndIncrement(LatencyBuckets.of(nanos));
        if (failed) {
            counts.getAndIncrement(LatencyBuckets.COUNT);
        }
    }

    private Period current() {
        long number = periods.current();
        int slot = (int) (number % KEPT);
        Period known = kept.get(slot);
        if (known != null && known.number() >= number) {
            return known;
        }
        Period next = Period.of(number);
        return kept.compareAndSet(slot, known, next) ? next : current();
    }

    public TrafficCounts before(long mark) {
        return sum(number -> number >= mark - BEFORE && number < mark && !periods.isIgnored(number));
    }

    public TrafficCounts since(long mark) {
        return sum(number -> number >= mark);
    }

    private TrafficCounts sum(LongPredicate counts) {
        long oldest = periods.current() - KEPT;
        long[] latencies = new long[LatencyBuckets.COUNT];
        long failed = 0;
        for (int slot = 0; slot < KEPT; slot++) {
            Period period = kept.get(slot);
            if (period != null && period.number() > oldest && counts.test(period.number())) {
                for (int bucket = 0; bucket < latencies.length; bucket++) {
                    latencies[bucket] += period.counts().get(bucket);
                }
                failed += period.counts().get(LatencyBuckets.COUNT);
            }
        }
        return new TrafficCounts(failed, trimmed(latencies));
    }

    private static List<Long> trimmed(long[] latencies) {
        List<Long> trimmed = new ArrayList<>();
        int end = latencies.length;
        while (end > 0 && latencies[end - 1] == 0) {
            end--;
        }
        for (int bucket = 0; bucket < end; bucket++) {
            trimmed.add(latencies[bucket]);
        }
        return trimmed;
    }
}
