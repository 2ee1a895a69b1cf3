package dev.pintle.time;

/** A monotonic clock. Only differences between readings have a meaning. Safe for all threads. */
@FunctionalInterface
public interface Ticker {
    /** The system's monotonic clock. Changes of the wall clock do not affect it. */
    Ticker SYSTEM = System::nanoTime;

    /** Nanoseconds since an arbitrary moment. */
    long nanos();

    /** Nanoseconds by which this ticker is behind real time, because it stood still while the node did not run. */
    default long lostNanos() {
        return 0;
    }
}
