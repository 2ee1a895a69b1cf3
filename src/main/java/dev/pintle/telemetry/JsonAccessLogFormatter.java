package dev.pintle.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Formats one JSON object in visible ASCII and escapes all other characters. */
final class JsonAccessLogFormatter implements AccessLogFormatter {
    private final LogRedaction shown;

    JsonAccessLogFormatter(LogRedaction shown) {
        this.shown = shown;
    }

    @Override
    public String of(Exchange exchange, ExchangeResult outcome, Instant end) {
        ExchangeContext context = exchange.context();
        StringWriter line = new StringWriter(384);
        try (JsonGenerator json = AsciiJson.generator(line)) {
            json.writeStartObject();
            json.writeStringField("time", end.toString());
            json.writeStringField("traceId", context.trace().id().hex());
            optional(json, "client", shown.client(exchange));
            json.writeStringField("method", shown.method(exchange));
            json.writeStringField("path", shown.path(exchange));
            optional(json, "query", shown.query(exchange));
            json.writeStringField("route", context.route());
            json.writeNumberField("status", outcome.status());
            optional(
                    json, "code", context.code() == null ? null : context.code().text());
            optional(json, "detail", shown.detail(exchange));
            json.writeNumberField("bytesIn", outcome.bytesIn());
            json.writeNumberField("bytesOut", outcome.bytesOut());
            json.writeNumberField("durationMs", millis(outcome.nanos()));
            json.writeNumberField("attempts", context.attempts());
            optional(json, "target", context.target());
            json.writeNumberField("upstreamMs", millis(context.upstreamNanos()));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written to", e);
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
