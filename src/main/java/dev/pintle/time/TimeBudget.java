package dev.pintle.time;

import java.time.Duration;

/**
 * The time of one exchange for queueing, attempts and back-off. It stops while a request body moves, so that a long upload
 * does not count as a slow upstream. Used by one thread at a time.
 */
public final class TimeBudget {
    private final Ticker ticker;
    private long left;
    private long runningSince;
    private boolean running = true;

    public TimeBudget(Duration total, Ticker ticker) {
        this.ticker = ticker;
        this.left = total.toNanos();
        this.runningSince = ticker.nanos();
    }

    /** Nanoseconds left; zero or less when the budget is exhausted. */
    public long left() {
        return running ? left - (ticker.nanos() - runningSince) : left;
    }

    /** Stops the clock. Idempotent. */
    public void pause() {
        left = left();
        running = false;
    }

    /** Restarts the clock. Idempotent. */
    public void resume() {
        if (!running) {
            runningSince = ticker.nanos();
            running = true;
        }
    }
}
