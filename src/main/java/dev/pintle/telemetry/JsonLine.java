package dev.pintle.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Facts;
import dev.pintle.exchange.Outcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One JSON object, in visible ASCII alone: everything else is escaped. */
final class JsonLine implements LogLine {
    private final Shown shown;

    JsonLine(Shown shown) {
        this.shown = shown;
    }

    @Override
    public String of(Exchange exchange, Outcome outcome, Instant end) {
        Facts facts = exchange.facts();
        StringWriter line = new StringWriter(384);
        try (JsonGenerator json = AsciiJson.generator(line)) {
            json.writeStartObject();
            json.writeStringField("time", end.toString());
            json.writeStringField("traceId", facts.trace().id().hex());
            optional(json, "client", shown.client(exchange));
            json.writeStringField("method", shown.method(exchange));
            json.writeStringField("path", shown.path(exchange));
            optional(json, "query", shown.query(exchange));
            json.writeStringField("route", facts.route());
            json.writeNumberField("status", outcome.status());
            optional(json, "code", facts.code() == null ? null : facts.code().text());
            optional(json, "detail", shown.detail(exchange));
            json.writeNumberField("bytesIn", outcome.bytesIn());
            json.writeNumberField("bytesOut", outcome.bytesOut());
            json.writeNumberField("durationMs", millis(outcome.nanos()));
            json.writeNumberField("attempts", facts.attempts());
            optional(json, "target", facts.target());
            json.writeNumberField("upstreamMs", millis(facts.upstreamNanos()));
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
