package dev.pintle.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.jackson.Jackson;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** The lines of the application log, as JSON and as text. */
class LogLayoutTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FORGED = "one\nINFO two\u001b[2J\u202e\r{\"level\":\"INFO\"}";

    private final LoggerContext context = new LoggerContext();

    @Test
    void jsonIsOneObjectWithKeysAndStackTraceForAnyMessage() throws Exception {
        LoggingEvent event = event(FORGED, new IllegalStateException(FORGED));
        event.setKeyValuePairs(List.of(new KeyValuePair("gateway", "http://localhost:8080"), new KeyValuePair("n", 7)));

        String line = layout("").doLayout(event);

        assertThat(line).hasLineCount(1).endsWith("\n").matches("\\p{Print}+\\n");
        JsonNode json = MAPPER.readTree(line);
        assertThat(json.path("time").asText()).isEqualTo("2026-11-30T01:02:03.456Z");
        assertThat(json.path("level").asText()).isEqualTo("WARN");
        assertThat(json.path("logger").asText()).isEqualTo("dev.pintle.Thing");
        assertThat(json.path("message").asText()).isEqualTo(FORGED);
        assertThat(json.path("gateway").asText()).isEqualTo("http://localhost:8080");
        assertThat(json.path("n").asText()).isEqualTo("7");
        assertThat(json.path("exception").asText()).contains("IllegalStateException", "\tat ");
    }

    @Test
    void textIsALinePerEventAndPerKeyForAnyMessage() throws Exception {
        LoggingEvent event = event(FORGED, null);
        event.setKeyValuePairs(List.of(new KeyValuePair("gateway", "http://localhost:8080\n  admin x")));

        assertThat(layout(", \"format\": \"text\"").doLayout(event)).isEqualTo("""
                        01:02:03.456 WARN  Thing: one\\u000aINFO two\\u001b[2J\\u202e\\u000d{"level":"INFO"}
                          gateway   http://localhost:8080\\u000a  admin x
                        """);
    }

    @Test
    void textIncludesTheStackTrace() throws Exception {
        assertThat(layout(", \"format\": \"text\"").doLayout(event("failed", new IllegalStateException("why"))))
                .startsWith("01:02:03.456 WARN  Thing: failed\njava.lang.IllegalStateException: why\n\tat ");
    }

    @Test
    void aMessageInJsonIsTheWholeLine() throws Exception {
        LoggingEvent event = event("{\"event\":\"write\"}", null);

        assertThat(layout(", \"messages\": \"json\"").doLayout(event)).isEqualTo("{\"event\":\"write\"}\n");
        assertThat(layout(", \"messages\": \"json\", \"format\": \"text\"").doLayout(event))
                .isEqualTo("01:02:03.456 WARN  Thing: {\"event\":\"write\"}\n");
    }

    /**
     * Builds the layout.
     *
     * @param further JSON that follows the type
     */
    private LayoutBase<ILoggingEvent> layout(String further) throws IOException {
        return Jackson.newObjectMapper()
                .readValue("{\"type\": \"line\"" + further + '}', LogLayoutFactory.class)
                .build(context, TimeZone.getTimeZone("UTC"));
    }

    private LoggingEvent event(String message, Throwable thrown) {
        LoggingEvent event =
                new LoggingEvent("", context.getLogger("dev.pintle.Thing"), Level.WARN, message, thrown, null);
        event.setInstant(Instant.parse("2026-11-30T01:02:03.456Z"));
        return event;
    }
}
