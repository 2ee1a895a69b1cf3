package dev.pintle.telemetry.otlp;

import dev.pintle.http.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * The ids of spans. That of an exchange has the ids that the exchange has already, so that the trace that is exported is the one
 * that clients, upstreams and logs are told.
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
