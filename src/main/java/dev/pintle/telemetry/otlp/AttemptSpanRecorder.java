package dev.pintle.telemetry.otlp;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeRecorder;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import dev.pintle.http.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;

/** Records one attempt as a span. The spans of the upstream become its children. */
final class AttemptSpanRecorder implements ExchangeRecorder.AttemptRecorder {
    private final Span span;
    private final TraceContext trace;

    AttemptSpanRecorder(Span span, TraceContext trace) {
        this.span = span;
        this.trace = trace;
    }

    @Override
    public Exchange carried(Exchange exchange) {
        SpanContext context = span.getSpanContext();
        GatewayRequest request = exchange.request();
        Headers headers = request.headers().toBuilder()
                .set(
                        "traceparent",
                        trace.parent(
                                context.getSpanId(), context.getTraceFlags().asHex()))
                .build();
        return exchange.with(request.withHeaders(headers));
    }

    @Override
    public void ended(int status, String result) {
        if (status > 0) {
            span.setAttribute(SemanticConventions.STATUS, (long) status);
        }
        if (status == 0 || status >= 400) {
            span.setAttribute(SemanticConventions.ERROR_TYPE, status == 0 ? result : Integer.toString(status));
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
