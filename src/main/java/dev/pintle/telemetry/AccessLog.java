package dev.pintle.telemetry;

import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Outcome;
import dev.pintle.exchange.TraceId;
import java.time.InstantSource;
import java.time.ZoneId;
import org.slf4j.LoggerFactory;

/** One line a request, on the logger {@code access}. Nobody waits for it. Safe for all threads. */
public final class AccessLog implements AutoCloseable {
    private static final int HEX = 16;
    private static final int CHANCE_DIGITS = 13;
    private static final long CHANCES = 1L << (4 * CHANCE_DIGITS);

    private final LogLine form;
    private final double sample;
    private final InstantSource clock;
    private final Outlet outlet;

    /** A log to the appenders that the logger has now. */
    public AccessLog(AccessLogConfiguration configuration, InstantSource clock) {
        Shown shown = new Shown(configuration.client(), configuration.query());
        this.form = switch (configuration.format()) {
            case JSON -> new JsonLine(shown);
            case TEXT -> new TextLine(shown, ZoneId.systemDefault());
        };
        this.sample = configuration.sample();
        this.clock = clock;
        this.outlet = new Outlet(LoggerFactory.getLogger("access"));
    }

    /** Writes the line of an exchange that has ended, if it is to have one. */
    public void write(Exchange exchange, Outcome outcome) {
        if (outlet.isOpen() && isWanted(exchange, outcome)) {
            outlet.put(form.of(exchange, outcome, clock.instant()));
        }
    }

    /** Chance goes by the trace id, so that all nodes a request passes keep its lines, or none. */
    private boolean isWanted(Exchange exchange, Outcome outcome) {
        return sample >= 1
                || exchange.facts().code() != null
                || outcome.status() >= 500
                || chance(exchange.facts().trace().id()) < sample;
    }

    private static double chance(TraceId id) {
        String hex = id.hex();
        return Long.parseLong(hex, hex.length() - CHANCE_DIGITS, hex.length(), HEX) / (double) CHANCES;
    }

    /** How many lines were dropped, as nobody took them fast enough. */
    public long dropped() {
        return outlet.dropped();
    }

    /** Writes what is still to be written. */
    @Override
    public void close() {
        outlet.close();
    }
}
