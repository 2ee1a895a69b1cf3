package dev.pintle.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;

/** Formats events for a terminal: a line per event, a line per key and value below it, and the stack trace. */
final class TextLogLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final ZoneId zone;

    TextLogLayout(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String logger = event.getLoggerName();
        StringBuilder text = new StringBuilder(160)
                .append(TIME.format(event.getInstant().atZone(zone)))
                .append(String.format(Locale.ROOT, " %-5s ", event.getLevel()))
                .append(logger, logger.lastIndexOf('.') + 1, logger.length())
                .append(": ");
        text.append(EscapedText.line(event.getFormattedMessage())).append(System.lineSeparator());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                text.append(String.format(Locale.ROOT, "  %-9s ", pair.key));
                text.append(EscapedText.line(String.valueOf(pair.value))).append(System.lineSeparator());
            }
        }
        if (event.getThrowableProxy() != null) {
            text.append(EscapedText.lines(ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
        return text.toString();
    }
}
