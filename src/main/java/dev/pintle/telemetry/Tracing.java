package dev.pintle.telemetry;

import dev.pintle.http.ExchangeRecorder;
import dev.pintle.http.TraceContext;

/** Records exchanges for distributed traces. Safe for all threads. */
@FunctionalInterface
public interface Tracing extends AutoCloseable {
    /** Records nothing. */
    Tracing OFF = trace -> ExchangeRecorder.NONE;

    /** Starts to record an exchange. */
    ExchangeRecorder begin(TraceContext trace);

    /** Sends the recorded spans and stops recording. */
    @Override
    default void close() {}
}
