package dev.pintle.telemetry;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.logging.common.layout.DiscoverableLayoutFactory;
import jakarta.validation.constraints.NotNull;
import java.util.TimeZone;

/** The layout {@code type: line} of log appenders in config.yml: one JSON object per event, or text for a terminal. */
@JsonTypeName("line")
public final class LogLayoutFactory implements DiscoverableLayoutFactory<ILoggingEvent> {
    @NotNull
    @JsonProperty
    private LogFormat format = LogFormat.JSON;

    /** The format of the messages; a message in JSON is already a whole line. */
    @NotNull
    @JsonProperty
    private LogFormat messages = LogFormat.TEXT;

    @Override
    public LayoutBase<ILoggingEvent> build(LoggerContext context, TimeZone timeZone) {
        LayoutBase<ILoggingEvent> layout = switch (format) {
            case TEXT -> new TextLogLayout(timeZone.toZoneId());
            case JSON -> messages == LogFormat.JSON ? new MessageLogLayout() : new JsonLogLayout();
        };
        layout.setContext(context);
        return layout;
    }

    private static final class MessageLogLayout extends LayoutBase<ILoggingEvent> {
        @Override
        public String doLayout(ILoggingEvent event) {
            return event.getFormattedMessage() + System.lineSeparator();
        }
    }
}
