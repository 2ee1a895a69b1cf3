package dev.pintle.time;

/** How long something has taken since this was created. Safe for all threads. */
public final class Stopwatch {
    private static final int SHARE_THAT_MATTERS = 10;

    private final Ticker ticker;
    private final long start;
    private final long lostBefore;

    public Stopwatch(Ticker ticker) {
        this.ticker = ticker;
        this.start = ticker.nanos();
        this.lostBefore = ticker.lostNanos();
    }

    /** Nanoseconds by the ticker. */
    public long nanos() {
        return ticker.nanos() - start;
    }

    /** Nanoseconds of real time. */
    public long realNanos() {
        return nanos() + lostNanos();
    }

    /** Whether this node did not run for a tenth of the real time or more: what was late then, is not the other side's fault. */
    public boolean nodeStalled() {
        long lost = lostNanos();
        return lost > 0 && lost * SHARE_THAT_MATTERS >= nanos() + lost;
    }

    private long lostNanos() {
        return ticker.lostNanos() - lostBefore;
    }
}
