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
    private static final ScopedValue<TraceContext> GIVEN = ScopedValue.newInstance();
    private static final IdGenerator CHANCE = IdGenerator.random();

    /** Starts the span of an exchange. */
    static Span start(SpanBuilder builder, TraceContext trace) {
        return ScopedValue.where(GIVEN, trace).call(builder::startSpan);
    }

    @Override
    public String generateSpanId() {
        return GIVEN.isBound() ? GIVEN.get().span() : CHANCE.generateSpanId();
    }

    @Override
    public String generateTraceId() {
        return GIVEN.isBound() ? GIVEN.get().id().hex() : CHANCE.generateTraceId();
    }
}
