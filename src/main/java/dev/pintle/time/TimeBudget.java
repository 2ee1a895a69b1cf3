package dev.pintle.time;

import java.time.Duration;

/**
 * The time one exchange may spend on queueing, attempts and back-off. It stands still while a body moves, so that a long
 * upload is not mistaken for a slow upstream. Used by one thread at a time.
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

    /** Nanoseconds left; zero or less when it is used up. */
    public long left() {
        return running ? left - (ticker.nanos() - runningSince) : left;
    }

    /** Stops the clock. Does nothing when it stands still already. */
    public void pause() {
        left = left();
        running = false;
    }

    /** Lets the clock run on. Does nothing when it runs already. */
    public void resume() {
        if (!running) {
            runningSince = ticker.nanos();
            running = true;
        }
    }
}
