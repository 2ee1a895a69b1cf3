package dev.pintle.policy.resilience;

import dev.pintle.time.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * How many repetitions a route may still make: a bucket, full at the start. Each request adds a part, each second adds a few,
 * each repetition takes one; so an upstream that fails gets little more than the requests there are. Safe for all threads.
 */
public final class RetryBudget {
    private static final double MOST = 30;
    private static final double A_SECOND = 3;

    private final Ticker ticker;
    private double level = MOST;
    private long filledAt;
    private double aRequest;

    /** @param percent of the requests that may be repeated */
    public RetryBudget(int percent, Ticker ticker) {
        this.ticker = ticker;
        this.filledAt = ticker.nanos();
        percent(percent);
    }

    /** Another share of the requests from now on; the level stays as it is. */
    public synchronized void percent(int other) {
        aRequest = other / 100.0;
    }

    /** A request came. */
    synchronized void add() {
        fill(aRequest);
    }

    /** Takes one repetition, if there is one. */
    synchronized boolean take() {
        fill(0);
        if (level < 1) {
            return false;
        }
        level--;
        return true;
    }

    private void fill(double extra) {
        long now = ticker.nanos();
        double seconds = (now - filledAt) / (double) TimeUnit.SECONDS.toNanos(1);
        level = Math.min(MOST, level + seconds * A_SECOND + extra);
        filledAt = now;
    }
}
