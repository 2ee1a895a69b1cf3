package dev.pintle.telemetry.otlp;

import dev.pintle.http.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * Generates span ids. The span of an exchange gets the existing ids of the exchange, so that the exported trace has the
 * ids in responses, upstream requests and logs.
 */
final class PresetIdGenerator implements IdGenerator {
    private static final ScopedValue<TraceContext> PRESET = ScopedValue.newInstance();
    private static final IdGenerator RANDOM = IdGenerator.random();

    /** Starts the span of an exchange. */
    static Span start(SpanBuilder builder, TraceContext trace) {
        return ScopedValue.where(PRESET, trace).call(builder::startSpan);
    }

    @Override
    public String generateSpanId() {
        return PRESET.isBound() ? PRESET.get().span() : RANDOM.generateSpanId();
    }

    @Override
    public String generateTraceId() {
        return PRESET.isBound() ? PRESET.get().id().hex() : RANDOM.generateTraceId();
    }
}
