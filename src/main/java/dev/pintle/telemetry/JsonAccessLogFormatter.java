package dev.pintle.telemetry;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.GrpcStatus;
import java.time.Instant;

/** Formats one JSON object in printable ASCII and escapes all other characters. */
final class JsonAccessLogFormatter implements AccessLogFormatter {
    private static final int USUAL_LENGTH = 400;

    private final LogRedaction redaction;
    private final InstantFormat times = new InstantFormat();

    JsonAccessLogFormatter(LogRedaction redaction) {
        this.redaction = redaction;
    }

    @Override
    public String of(Exchange exchange, ExchangeResult result, Instant end) {
        ExchangeContext context = exchange.context();
        JsonLine line = new JsonLine(USUAL_LENGTH)
                .add("time", end, times)
                .add("traceId", context.trace().id().hex())
                .add("client", redaction.client(exchange))
                .add("consumer", context.identity().consumer())
                .add("method", redaction.method(exchange))
                .add("path", redaction.path(exchange))
                .add("query", redaction.query(exchange))
                .add("route", context.route())
                .add("status", result.status())
                .add("code", context.code() == null ? null : context.code().text())
                .add("detail", redaction.detail(exchange))
                .add("bytesIn", result.bytesIn())
                .add("bytesOut", result.bytesOut())
                .addMillis("durationMs", result.nanos())
                .add("attempts", context.attempts())
                .add("target", context.target())
                .addMillis("upstreamMs", context.upstreamNanos())
                .add("tunnelEnd", context.tunnelEnd());
        GrpcStatus grpcStatus = context.grpcStatus();
        return grpcStatus == null
                ? line.end()
                : line.add("grpcStatus", grpcStatus.number()).end();
    }
}
