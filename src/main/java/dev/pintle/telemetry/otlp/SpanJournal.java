package dev.pintle.telemetry.otlp;

import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Facts;
import dev.pintle.exchange.Journal;
import dev.pintle.exchange.Outcome;
import dev.pintle.exchange.Trace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/** One exchange as a span, and its attempts as the span's children. */
final class SpanJournal implements Journal {
    private final Tracer tracer;
    private final Span span;
    private final Trace trace;

    SpanJournal(Tracer tracer, Span span, Trace trace) {
        this.tracer = tracer;
        this.span = span;
        this.trace = trace;
    }

    @Override
    public Leg attempt(Exchange exchange, String target) {
        if (!span.isRecording()) {
            return new SpanLeg(span, trace);
        }
        Span leg = tracer.spanBuilder(Conventions.attemptName(exchange))
                .setParent(Context.root().with(span))
                .setSpanKind(SpanKind.CLIENT)
                .setAllAttributes(Conventions.attempt(exchange, target))
                .startSpan();
        return new SpanLeg(leg, trace);
    }

    @Override
    public void ended(Exchange exchange, Outcome outcome) {
        Facts facts = exchange.facts();
        boolean introspection = facts.code() == null && facts.route().equals(Facts.NO_ROUTE);
        // A span that does not end is not exported: probes would be most of what there is.
        if (span.isRecording() && !introspection) {
            span.updateName(Conventions.exchangeName(exchange));
            span.setAllAttributes(Conventions.exchange(exchange, outcome));
            span.setStatus(Conventions.status(facts, outcome));
            span.end();
        }
    }
}
