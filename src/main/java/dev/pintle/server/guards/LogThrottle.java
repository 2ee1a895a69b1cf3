package dev.pintle.server.guards;

import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Permits at most one log line per second. Safe for all threads. */
public final class LogThrottle {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final Ticker ticker;
    private final AtomicLong lastLine;

    public LogThrottle(Ticker ticker) {
        this.ticker = ticker;
        this.lastLine = new AtomicLong(ticker.nanos() - INTERVAL_NANOS);
    }

    /** Returns whether to write a line now. The caller must write it then. */
    public boolean permits() {
        long before = lastLine.get();
        long now = ticker.nanos();
        return now - before >= INTERVAL_NANOS && lastLine.compareAndSet(before, now);
    }
}
