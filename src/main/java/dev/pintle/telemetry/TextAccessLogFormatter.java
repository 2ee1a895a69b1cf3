package dev.pintle.telemetry;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeResult;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Formats one line for a terminal: time, request, status, target and duration. */
final class TextAccessLogFormatter implements AccessLogFormatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final LogRedaction redaction;
    private final ZoneId zone;

    /**
     * Creates the formatter.
     *
     * @param zone the time zone of the lines
     */
    TextAccessLogFormatter(LogRedaction redaction, ZoneId zone) {
        this.redaction = redaction;
        this.zone = zone;
    }

    @Override
    public String of(Exchange exchange, ExchangeResult result, Instant end) {
        ExchangeContext context = exchange.context();
        StringBuilder line = new StringBuilder(192)
                .append(TIME.format(end.atZone(zone)))
                .append(' ')
                .append(result.status())
                .append(' ');
        PrintableAscii.append(line, redaction.method(exchange));
        PrintableAscii.append(line.append(' '), redaction.path(exchange));
        String query = redaction.query(exchange);
        if (query != null) {
            PrintableAscii.append(line.append('?'), query);
        }
        String client = redaction.client(exchange);
        if (client != null) {
            PrintableAscii.append(line.append(" from "), client);
        }
        line.append(" route ").append(context.route());
        attempts(line, context);
        line.append(", ").append(millis(result.nanos())).append(" ms, in ").append(result.bytesIn());
        line.append(" B, out ")
                .append(result.bytesOut())
                .append(" B, trace ")
                .append(context.trace().id());
        if (context.code() != null) {
            PrintableAscii.append(
                    line.append(", ").append(context.code().text()).append(": "),
                    String.valueOf(redaction.detail(exchange)));
        }
        return line.toString();
    }

    private static void attempts(StringBuilder line, ExchangeContext context) {
        if (context.target() != null) {
            PrintableAscii.append(line.append(" to "), context.target());
            line.append(" (").append(context.attempts()).append(context.attempts() == 1 ? " attempt, " : " attempts, ");
            line.append(millis(context.upstreamNanos())).append(" ms)");
        }
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
