package dev.pintle.telemetry;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.logging.common.layout.DiscoverableLayoutFactory;
import java.util.TimeZone;

/**
 * A layout for the node's own log ({@code layout: {type: escaped}} in config.yml). Libraries log what clients send; it can neither
 * forge a line, nor steer a terminal, nor fill a disk.
 */
@JsonTypeName("escaped")
public final class EscapedLayoutFactory implements DiscoverableLayoutFactory<ILoggingEvent> {
    @Override
    public LayoutBase<ILoggingEvent> build(LoggerContext context, TimeZone timeZone) {
        PatternLayout layout = new PatternLayout();
        layout.getDefaultConverterSupplierMap().put("m", EscapedMessage::new);
        layout.getDefaultConverterSupplierMap().put("ex", EscapedThrowable::new);
        layout.setPattern("%d{ISO8601} %-5level %logger{0}: %m%n%ex");
        layout.setContext(context);
        return layout;
    }

    private static final class EscapedMessage extends MessageConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return EscapedText.line(super.convert(event));
        }
    }

    private static final class EscapedThrowable extends ThrowableProxyConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return EscapedText.lines(super.convert(event));
        }
    }
}
