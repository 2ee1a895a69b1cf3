package dev.pintle.telemetry;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.TraceId;
import io.dropwizard.logging.common.LoggingUtil;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Writes one line per request to the logger {@code access}. A request never waits for the log. Safe for all threads.
 */
public final class AccessLog implements AutoCloseable {
    private static final int HEX = 16;
    private static final int SAMPLE_DIGITS = 13;
    private static final long SAMPLE_RANGE = 1L << (4 * SAMPLE_DIGITS);

    /** The part of the heap for queued lines: one of this many. */
    private static final int HEAP_SHARE = 32;

    /** The paths of health probes, which repeat every few seconds with the same result. */
    private static final Set<String> PROBES = Set.of("/__health", "/__ready");

    private final AccessLogFormatter formatter;
    private final double sample;
    private final InstantSource clock;
    private final AsyncLogQueue queue;
    private final ConcurrentMap<String, Integer> lastProbeStatus = new ConcurrentHashMap<>();

    /** Creates a log with the current appenders of the logger. */
    public AccessLog(AccessLogConfiguration configuration, SecretParameters secrets, InstantSource clock) {
        LogRedaction redaction = new LogRedaction(configuration.client(), configuration.query(), secrets);
        this.formatter = switch (configuration.format()) {
            case JSON -> new JsonAccessLogFormatter(redaction);
            case TEXT -> new TextAccessLogFormatter(redaction, ZoneId.systemDefault());
        };
        this.sample = configuration.sample();
        this.clock = clock;
        this.queue = new AsyncLogQueue(
                LoggingUtil.getLoggerContext().getLogger("access"),
                Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    /** Writes the line of a completed exchange, unless it is a repeated probe or not sampled. */
    public void write(Exchange exchange, ExchangeResult result) {
        if (queue.isOpen() && !isRepeatedProbe(exchange, result) && isSampled(exchange, result)) {
            queue.put(formatter.of(exchange, result, clock.instant()));
        }
    }

    /** Returns whether a probe has the same result as the previous one. */
    private boolean isRepeatedProbe(Exchange exchange, ExchangeResult result) {
        String path = exchange.request().path();
        if (!PROBES.contains(path) || exchange.context().code() != null) {
            return false;
        }
        Integer before = lastProbeStatus.put(path, result.status());
        return before != null && before == result.status();
    }

    /** Samples by the trace id, so that all nodes that a request passes decide alike. */
    private boolean isSampled(Exchange exchange, ExchangeResult result) {
        return sample >= 1
                || exchange.context().code() != null
                || result.status() >= 500
                || sampleValue(exchange.context().trace().id()) < sample;
    }

    private static double sampleValue(TraceId id) {
        String hex = id.hex();
        return Long.parseLong(hex, hex.length() - SAMPLE_DIGITS, hex.length(), HEX) / (double) SAMPLE_RANGE;
    }

    /** Returns the number of lines that were dropped because the output was too slow. */
    public long dropped() {
        return queue.dropped();
    }

    /** Writes the queued lines. */
    @Override
    public void close() {
        queue.close();
    }
}
