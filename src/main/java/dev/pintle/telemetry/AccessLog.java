package dev.pintle.telemetry;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.TraceId;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.LoggerFactory;

/** Writes one line a request to the logger {@code access}. Requests never wait for it. Safe for all threads. */
public final class AccessLog implements AutoCloseable {
    private static final int HEX = 16;
    private static final int CHANCE_DIGITS = 13;
    private static final long CHANCES = 1L << (4 * CHANCE_DIGITS);

    /** Of the heap, for lines that wait. */
    private static final int HEAP_SHARE = 32;

    /** Checks by load balancers and orchestrators come every few seconds, and say the same each time. */
    private static final Set<String> PROBES = Set.of("/__health", "/__ready");

    private final AccessLogFormatter form;
    private final double sample;
    private final InstantSource clock;
    private final AsyncLogQueue outlet;
    private final ConcurrentMap<String, Integer> probed = new ConcurrentHashMap<>();

    /** A log to the appenders that the logger has now. */
    public AccessLog(AccessLogConfiguration configuration, InstantSource clock) {
        LogRedaction shown = new LogRedaction(configuration.client(), configuration.query());
        this.form = switch (configuration.format()) {
            case JSON -> new JsonAccessLogFormatter(shown);
            case TEXT -> new TextAccessLogFormatter(shown, ZoneId.systemDefault());
        };
        this.sample = configuration.sample();
        this.clock = clock;
        this.outlet = new AsyncLogQueue(
                LoggerFactory.getLogger("access"), Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    /** Writes the line of an exchange that has ended, if it is to have one. */
    public void write(Exchange exchange, ExchangeResult outcome) {
        if (outlet.isOpen() && !isRepeatedProbe(exchange, outcome) && isWanted(exchange, outcome)) {
            outlet.put(form.of(exchange, outcome, clock.instant()));
        }
    }

    /** Whether a probe is answered as the one before it. */
    private boolean isRepeatedProbe(Exchange exchange, ExchangeResult outcome) {
        String path = exchange.request().path();
        if (!PROBES.contains(path) || exchange.context().code() != null) {
            return false;
        }
        Integer before = probed.put(path, outcome.status());
        return before != null && before == outcome.status();
    }

    /** Chance goes by the trace id, so that all nodes a request passes keep its lines, or none. */
    private boolean isWanted(Exchange exchange, ExchangeResult outcome) {
        return sample >= 1
                || exchange.context().code() != null
                || outcome.status() >= 500
                || chance(exchange.context().trace().id()) < sample;
    }

    private static double chance(TraceId id) {
        String hex = id.hex();
        return Long.parseLong(hex, hex.length() - CHANCE_DIGITS, hex.length(), HEX) / (double) CHANCES;
    }

    /** The number of lines dropped because the output was too slow. */
    public long dropped() {
        return outlet.dropped();
    }

    /** Writes the lines that wait. */
    @Override
    public void close() {
        outlet.close();
    }
}
