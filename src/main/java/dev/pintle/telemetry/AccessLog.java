package dev.pintle.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Facts;
import dev.pintle.exchange.Outcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One JSON line a request, on the logger {@code access}. Whatever a client sends is escaped. Safe for all threads. */
public final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("access");
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .build();

    private final InstantSource clock;

    public AccessLog(InstantSource clock) {
        this.clock = clock;
    }

    /** Writes the line of an exchange that has ended. */
    public void write(Exchange exchange, Outcome outcome) {
        if (LOG.isInfoEnabled()) {
            LOG.info("{}", line(exchange, outcome));
        }
    }

    private String line(Exchange exchange, Outcome outcome) {
        Facts facts = exchange.facts();
        StringWriter line = new StringWriter(384);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("time", clock.instant().toString());
            json.writeStringField("traceId", facts.trace().id().hex());
            json.writeStringField("client", exchange.client().address());
            json.writeStringField("method", exchange.request().method());
            json.writeStringField("path", exchange.request().path());
            json.writeStringField("route", facts.route());
            json.writeNumberField("status", outcome.status());
            optional(json, "code", facts.code() == null ? null : facts.code().text());
            optional(json, "detail", facts.detail());
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
