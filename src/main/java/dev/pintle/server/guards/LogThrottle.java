package dev.pintle.server.guards;

import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one log line of a kind pass a second, whatever clients do to provoke more. Safe for all threads. */
public final class LogThrottle {
    private static final long SILENCE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Ticker ticker;
    private final AtomicLong latest;

    public LogThrottle(Ticker ticker) {
        this.ticker = ticker;
        this.latest = new AtomicLong(ticker.nanos() - SILENCE_NANOS);
    }

    /** Whether a line may be written now. The caller has to write it then. */
    public boolean permits() {
        long before = latest.get();
        long now = ticker.nanos();
        return now - before >= SILENCE_NANOS && latest.compareAndSet(before, now);
    }
}
