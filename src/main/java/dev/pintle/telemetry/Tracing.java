package dev.pintle.telemetry;

import dev.pintle.http.ExchangeRecorder;
import dev.pintle.http.TraceContext;

/** Whether and where it is recorded how exchanges went, for distributed traces. Safe for all threads. */
@FunctionalInterface
public interface Tracing extends AutoCloseable {
    /** Records nothing, and costs nothing. */
    Tracing OFF = trace -> ExchangeRecorder.NONE;

    /** An exchange begins. */
    ExchangeRecorder begin(TraceContext trace);

    /** Sends the recorded spans and stops recording. */
    @Override
    default void close() {}
}
