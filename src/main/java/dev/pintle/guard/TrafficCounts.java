package dev.pintle.guard;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Requests that ended in some time.
 *
 * @param failed the requests with a status of 500 or above, and responses that the upstream broke off
 * @param latencies the requests by duration, one number for each bucket; trailing zeros may be absent
 */
public record TrafficCounts(long failed, List<Long> latencies) {
    public static final TrafficCounts NONE = new TrafficCounts(0, List.of());

    private static final double P99 = 0.99;

    public TrafficCounts {
        latencies = List.copyOf(latencies);
    }

    public long requests() {
        return latencies.stream().mapToLong(Long::longValue).sum();
    }

    /** The share of failed requests; 0 without requests. */
    public double failedShare() {
        return failed / (double) Math.max(1, requests());
    }

    /** The duration that 99 % of the requests do not exceed, about; zero without requests. */
    public Duration p99() {
        return Duration.ofNanos((long) LatencyBuckets.quantile(latencies, P99));
    }

    public TrafficCounts plus(TrafficCounts other) {
        int buckets = Math.max(latencies.size(), other.latencies.size());
        return new TrafficCounts(
                failed + other.failed,
                IntStream.range(0, buckets)
                        .mapToObj(bucket -> at(bucket) + other.at(bucket))
                        .toList());
    }

    private long at(int bucket) {
        return bucket < latencies.size() ? latencies.get(bucket) : 0;
    }
}
