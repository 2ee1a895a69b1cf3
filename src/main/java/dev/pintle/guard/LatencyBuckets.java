package dev.pintle.guard;

import java.util.List;

/**
 * Buckets of durations up to about a minute: one below 1 ms, then four for each doubling. A quantile is exact to a quarter. Longer
 * durations count in the last bucket.
 */
final class LatencyBuckets {
    static final int COUNT = 65;

    private static final int PER_DOUBLING = 4;
    private static final long UNIT_NANOS = 250_000;

    private LatencyBuckets() {}

    static int of(long nanos) {
        long units = Math.max(0, nanos) / UNIT_NANOS;
        if (units < PER_DOUBLING) {
            return 0;
        }
        int doublings = Long.SIZE - 1 - Long.numberOfLeadingZeros(units) - 2;
        int part = (int) (units >> doublings) - PER_DOUBLING;
        return Math.min(COUNT - 1, 1 + doublings * PER_DOUBLING + part);
    }

    private static double lowerNanos(int bucket) {
        if (bucket == 0) {
            return 0;
        }
        int doublings = (bucket - 1) / PER_DOUBLING;
        int part = (bucket - 1) % PER_DOUBLING;
        return (double) ((long) (PER_DOUBLING + part) << doublings) * UNIT_NANOS;
    }

    /**
     * The duration that a share of the requests does not exceed, in nanoseconds.
     *
     * @param counts the requests of each bucket
     */
    static double quantile(List<Long> counts, double share) {
        double rank = share * counts.stream().mapToLong(Long::longValue).sum();
        double below = 0;
        for (int bucket = 0; bucket < counts.size(); bucket++) {
            long count = counts.get(bucket);
            if (count > 0 && below + count >= rank) {
                double lower = lowerNanos(bucket);
                return lower + (lowerNanos(bucket + 1) - lower) * (rank - below) / count;
            }
            below += count;
        }
        return 0;
    }
}
