package dev.pintle.time;

/** A monotonic clock: its readings mean something only as differences, and never go backwards. Safe for all threads. */
@FunctionalInterface
public interface Ticker {
    /** The ticker of this machine, unaffected by changes of the wall clock. */
    Ticker SYSTEM = System::nanoTime;

    /** Nanoseconds since an arbitrary moment. */
    long nanos();
}
