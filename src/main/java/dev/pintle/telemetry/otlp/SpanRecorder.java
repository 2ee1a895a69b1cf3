package dev.pintle.telemetry.otlp;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeRecorder;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/** One exchange as a span, and its attempts as the span's children. */
final class SpanRecorder implements ExchangeRecorder {
    private final Tracer tracer;
    private final Span span;
    private final TraceContext trace;

    SpanRecorder(Tracer tracer, Span span, TraceContext trace) {
        this.tracer = tracer;
        this.span = span;
        this.trace = trace;
    }

    @Override
    public AttemptRecorder attempt(Exchange exchange, String target) {
        if (!span.isRecording()) {
            return new AttemptSpanRecorder(span, trace);
        }
        Span leg = tracer.spanBuilder(SemanticConventions.attemptName(exchange))
                .setParent(Context.root().with(span))
                .setSpanKind(SpanKind.CLIENT)
                .setAllAttributes(SemanticConventions.attempt(exchange, target))
                .startSpan();
        return new AttemptSpanRecorder(leg, trace);
    }

    @Override
    public void ended(Exchange exchange, ExchangeResult outcome) {
        ExchangeContext context = exchange.context();
        boolean introspection = context.code() == null && context.route().equals(ExchangeContext.NO_ROUTE);
        // A span without an end is not exported: probes would be most of the spans.
        if (span.isRecording() && !introspection) {
            span.updateName(SemanticConventions.exchangeName(exchange));
            span.setAllAttributes(SemanticConventions.exchange(exchange, outcome));
            span.setStatus(SemanticConventions.status(context, outcome));
            span.end();
        }
    }
}
