package dev.pintle.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.GrpcStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Formats one JSON object in printable ASCII and escapes all other characters. */
final class JsonAccessLogFormatter implements AccessLogFormatter {
    private final LogRedaction redaction;

    JsonAccessLogFormatter(LogRedaction redaction) {
        this.redaction = redaction;
    }

    @Override
    public String of(Exchange exchange, ExchangeResult result, Instant end) {
        ExchangeContext context = exchange.context();
        StringWriter line = new StringWriter(384);
        try (JsonGenerator json = AsciiJson.generator(line)) {
            json.writeStartObject();
            json.writeStringField("time", end.toString());
            json.writeStringField("traceId", context.trace().id().hex());
            optional(json, "client", redaction.client(exchange));
            optional(json, "consumer", context.identity().consumer());
            json.writeStringField("method", redaction.method(exchange));
            json.writeStringField("path", redaction.path(exchange));
            optional(json, "query", redaction.query(exchange));
            json.writeStringField("route", context.route());
            json.writeNumberField("status", result.status());
            optional(
                    json, "code", context.code() == null ? null : context.code().text());
            optional(json, "detail", redaction.detail(exchange));
            json.writeNumberField("bytesIn", result.bytesIn());
            json.writeNumberField("bytesOut", result.bytesOut());
            json.writeNumberField("durationMs", millis(result.nanos()));
            json.writeNumberField("attempts", context.attempts());
            optional(json, "target", context.target());
            json.writeNumberField("upstreamMs", millis(context.upstreamNanos()));
            optional(json, "tunnelEnd", context.tunnelEnd());
            GrpcStatus grpcStatus = context.grpcStatus();
            if (grpcStatus != null) {
                json.writeNumberField("grpcStatus", grpcStatus.number());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to a string", e);
        }
        return line.toString();
    }

    private static void optional(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    private static double millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos) / (double) TimeUnit.MILLISECONDS.toMicros(1);
    }
}
