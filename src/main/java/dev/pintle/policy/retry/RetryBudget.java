package dev.pintle.policy.retry;

import dev.pintle.policy.RouteState;
import dev.pintle.time.Ticker;

/**
 * Limits the retries of a route with a bucket that is full at the start. Each request adds a part of a retry, each
 * second adds 3, and each retry takes one. A failing upstream therefore receives little more than the original
 * requests. Safe for all threads.
 */
public final class RetryBudget implements RouteState {
    /** The level counts billionths of a retry, to avoid rounding errors. */
    private static final long ONE = 1_000_000_000;

    private static final long MAX = 30 * ONE;
    private static final long PERCENT = ONE / 100;
    /** Three per second. */
    private static final long PER_NANOSECOND = 3;

    private final Ticker ticker;
    private long level = MAX;
    private long filledAt;
    private long perRequest;

    /**
     * Creates a full bucket.
     *
     * @param percent of the requests that may be retried
     */
    public RetryBudget(int percent, Ticker ticker) {
        this.ticker = ticker;
        this.filledAt = ticker.nanos();
        this.perRequest = percent * PERCENT;
    }

    /** Changes the percentage and keeps the level. */
    public synchronized void percent(int other) {
        perRequest = other * PERCENT;
    }

    /** Records a request. */
    synchronized void add() {
        fill(perRequest);
    }

    /** Takes one retry, if available. */
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
        return level == MAX;
    }

    private void fill(long extra) {
        long now = ticker.nanos();
        level = Math.min(MAX, level + Math.min(MAX, now - filledAt) * PER_NANOSECOND + extra);
        filledAt = now;
    }
}
