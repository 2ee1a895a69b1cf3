package dev.pintle.telemetry;

/** The upper bounds of the buckets of histograms, in seconds. */
final class Buckets {
    static final double[] REQUEST_SECONDS = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60};

    static final double[] CALL_SECONDS = {.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25};

    private Buckets() {}

    /**
     * Returns a duration within a bucket of request durations.
     *
     * @param share of the bucket below the duration, 0 to 1
     */
    static double within(int bucket, double share) {
        double from = bucket == 0 ? 0 : REQUEST_SECONDS[Math.min(bucket, REQUEST_SECONDS.length) - 1];
        double to = bucket < REQUEST_SECONDS.length ? REQUEST_SECONDS[bucket] : from;
        return from + (to - from) * share;
    }
}
