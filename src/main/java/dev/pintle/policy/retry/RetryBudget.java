package dev.pintle.policy.retry;

import dev.pintle.policy.RouteState;
import dev.pintle.time.Ticker;

/**
 * How many repetitions a route may still make: a bucket, full at the start. Each request adds a part, each second adds a few,
 * each repetition takes one; so an upstream that fails gets little more than the requests there are. Safe for all threads.
 */
public final class RetryBudget implements RouteState {
    /** The bucket is counted in billionths of a repetition, so that nothing is lost by rounding. */
    private static final long ONE = 1_000_000_000;

    private static final long MOST = 30 * ONE;
    private static final long PERCENT = ONE / 100;
    /** Three a second. */
    private static final long A_NANOSECOND = 3;

    private final Ticker ticker;
    private long level = MOST;
    private long filledAt;
    private long aRequest;

    /**
     * A full bucket.
     *
     * @param percent of the requests that may be repeated
     */
    public RetryBudget(int percent, Ticker ticker) {
        this.ticker = ticker;
        this.filledAt = ticker.nanos();
        this.aRequest = percent * PERCENT;
    }

    /** Another part of the requests from now on; the level stays as it is. */
    public synchronized void percent(int other) {
        aRequest = other * PERCENT;
    }

    /** A request came. */
    synchronized void add() {
        fill(aRequest);
    }

    /** Takes one repetition, if there is one. */
    synchronized boolean take() {
        fill(0);
        if (level < ONE) {
            return false;
        }
        level -= ONE;
        return true;
    }

    @Override
    public synchronized boolean isFresh() {
        fill(0);
        return level == MOST;
    }

    private void fill(long extra) {
        long now = ticker.nanos();
        level = Math.min(MOST, level + Math.min(MOST, now - filledAt) * A_NANOSECOND + extra);
        filledAt = now;
    }
}
