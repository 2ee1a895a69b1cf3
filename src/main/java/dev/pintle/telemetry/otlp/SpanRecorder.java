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

/** Records one exchange as a span, and its attempts as child spans. */
final class SpanRecorder implements ExchangeRecorder {
    private final Tracer tracer;
    private final Span span;
    private final TraceContext trace;

    private final boolean endUser;

    /** @param endUser whether the span names the client */
    SpanRecorder(Tracer tracer, Span span, TraceContext trace, boolean endUser) {
        this.endUser = endUser;
        this.tracer = tracer;
        this.span = span;
        this.trace = trace;
    }

    @Override
    public AttemptRecorder attempt(Exchange exchange, String target) {
        if (!span.isRecording()) {
            return new AttemptSpanRecorder(span, trace);
        }
        Span attempt = tracer.spanBuilder(SemanticConventions.attemptName(exchange))
                .setParent(Context.root().with(span))
                .setSpanKind(SpanKind.CLIENT)
                .setAllAttributes(SemanticConventions.attempt(exchange, target))
                .startSpan();
        return new AttemptSpanRecorder(attempt, trace);
    }

    @Override
    public void ended(Exchange exchange, ExchangeResult result) {
        ExchangeContext context = exchange.context();
        boolean introspection = context.code() == null && context.route().equals(ExchangeContext.NO_ROUTE);
        // Does not end spans of introspection requests, so that they are not exported. Probes would be most of the
        // spans.
        if (span.isRecording() && !introspection) {
            span.updateName(SemanticConventions.exchangeName(exchange));
            span.setAllAttributes(SemanticConventions.exchange(exchange, result));
            if (endUser) {
                span.setAllAttributes(SemanticConventions.endUser(context.identity()));
            }
            span.setStatus(SemanticConventions.status(context, result));
            span.end();
        }
    }
}
