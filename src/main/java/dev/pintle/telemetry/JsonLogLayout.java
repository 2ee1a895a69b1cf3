package dev.pintle.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.event.KeyValuePair;

/** Formats one JSON object per event, in printable ASCII, so that no message can end the line. */
final class JsonLogLayout extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("time", event.getInstant().toString())
                .put("level", event.getLevel().toString())
                .put("logger", event.getLoggerName())
                .put("message", EscapedText.truncateLine(event.getFormattedMessage()));
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                line.put(pair.key, EscapedText.truncateLine(String.valueOf(pair.value)));
            }
        }
        if (event.getThrowableProxy() != null) {
            line.put("exception", EscapedText.truncateLines(ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
        return AsciiJson.line(line) + System.lineSeparator();
    }
}
