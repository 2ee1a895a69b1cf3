package dev.pintle.telemetry;

/** The upper bounds of the buckets of histograms, in seconds. */
final class Buckets {
    static final double[] REQUEST_SECONDS = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60};

    static final double[] CALL_SECONDS = {.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25};

    private Buckets() {}
}
