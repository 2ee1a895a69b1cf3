package dev.pintle.testing;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Records the JSON lines of a logger: the access log, unless another is named. */
public final class AccessLogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Logger logger;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private AccessLogLines(String logger) {
        this.logger = (Logger) LoggerFactory.getLogger(logger);
    }

    public static AccessLogLines record() {
        return record("access");
    }

    public static AccessLogLines record(String logger) {
        AccessLogLines lines = new AccessLogLines(logger);
        lines.logger.setLevel(Level.INFO);
        lines.setContext(lines.logger.getLoggerContext());
        lines.start();
        lines.logger.addAppender(lines);
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage());
    }

    public List<String> all() {
        return List.copyOf(lines);
    }

    /** Returns the line of a trace, which the log writes a little after the response. */
    public JsonNode of(String traceId) {
        return await("a line of trace " + traceId)
                .until(
                        () -> lines.stream()
                                .filter(line -> line.contains(traceId))
                                .findFirst(),
                        Optional::isPresent)
                .map(AccessLogLines::json)
                .orElseThrow();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}
