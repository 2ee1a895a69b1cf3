package dev.pintle.telemetry;

import dev.pintle.exchange.Journal;
import dev.pintle.exchange.Trace;

/** Whether and where it is recorded how exchanges went, for distributed traces. Safe for all threads. */
@FunctionalInterface
public interface Tracing extends AutoCloseable {
    /** Records nothing, and costs nothing. */
    Tracing OFF = trace -> Journal.NONE;

    /** An exchange begins. */
    Journal begin(Trace trace);

    /** Sends what was recorded, and records no more. */
    @Override
    default void close() {}
}
