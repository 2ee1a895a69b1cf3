package dev.pintle.telemetry;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The completed requests of one route, since the start of the node or in an interval.
 *
 * @param errors the requests with a 5xx status
 * @param limited the requests with status 429
 * @param durations the requests per bucket of the duration histogram
 */
public record RouteTotals(long requests, long errors, long limited, List<Long> durations) {
    public static final RouteTotals NONE = new RouteTotals(0, 0, 0, List.of());

    public RouteTotals {
        durations = List.copyOf(durations);
    }

    public RouteTotals plus(RouteTotals other) {
        return combine(other, 1);
    }

    /** The requests since earlier totals. */
    public RouteTotals since(RouteTotals earlier) {
        return combine(earlier, -1);
    }

    private RouteTotals combine(RouteTotals other, int sign) {
        return new RouteTotals(
                requests + sign * other.requests,
                errors + sign * other.errors,
                limited + sign * other.limited,
                IntStream.range(0, Math.max(durations.size(), other.durations.size()))
                        .mapToObj(bucket -> count(durations, bucket) + sign * count(other.durations, bucket))
                        .toList());
    }

    private static long count(List<Long> buckets, int bucket) {
        return bucket < buckets.size() ? buckets.get(bucket) : 0;
    }

    /**
     * Estimates a quantile of the durations by interpolation in its bucket, as Prometheus does.
     *
     * @return in seconds; empty without requests
     */
    public OptionalDouble quantile(double quantile) {
        long total = durations.stream().mapToLong(Long::longValue).sum();
        double rank = quantile * total;
        double passed = 0;
        for (int bucket = 0; bucket < durations.size() && total > 0; bucket++) {
            long inBucket = durations.get(bucket);
            if (inBucket > 0 && passed + inBucket >= rank) {
                return OptionalDouble.of(Buckets.within(bucket, (rank - passed) / inBucket));
            }
            passed += inBucket;
        }
        return OptionalDouble.empty();
    }
}
