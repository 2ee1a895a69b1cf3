package dev.pintle.upstream.outlier;

import dev.pintle.time.Ticker;
import dev.pintle.upstream.target.AttemptVerdict;
import dev.pintle.upstream.target.FailureStreak;

/**
 * Ejects a target after consecutive failures, and readmits it gradually. A failure during its return ejects it again
 * immediately; a success resets the count. Thread-safe.
 */
public final class OutlierDetector {
    /** The share of a target when it returns. */
    private static final double FIRST_SHARE = 0.1;

    private final Ticker ticker;
    private OutlierDetectionSettings settings;
    private final FailureStreak failures = new FailureStreak();
    private boolean ejected;
    private volatile boolean out;
    private long since;

    public OutlierDetector(OutlierDetectionSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
    }

    /** Changes the settings, and keeps the counts. */
    public synchronized void adopt(OutlierDetectionSettings others) {
        settings = others;
    }

    /**
     * Counts the end of an attempt.
     *
     * @return whether the target should be ejected now
     */
    public synchronized boolean count(AttemptVerdict verdict) {
        switch (verdict) {
            case SUCCESS -> failures.responded();
            case FAILURE -> failures.failed();
            case IGNORED -> {}
        }
        return verdict == AttemptVerdict.FAILURE && isOutlier();
    }

    /** Counts a response that did not break off. */
    public void completed() {
        if (failures.isDoubtful()) {
            forgive();
        }
    }

    private synchronized void forgive() {
        failures.completed();
    }

    /**
     * Counts a response that broke off.
     *
     * @return whether the target should be ejected now
     */
    public synchronized boolean brokeOff() {
        failures.brokeOff();
        return isOutlier();
    }

    private boolean isOutlier() {
        return failures.length() >= settings.failures() && !isOut();
    }

    public synchronized void eject() {
        ejected = true;
        out = true;
        since = ticker.nanos();
    }

    /** Whether the ejection has ended since the last call. */
    public boolean hasReturned() {
        return out && endEjection();
    }

    private synchronized boolean endEjection() {
        boolean ended = out && !isOut();
        out = out && !ended;
        return ended;
    }

    /** The current number of consecutive failures. */
    public synchronized int failures() {
        return failures.length();
    }

    /** Nanoseconds since the latest ejection. */
    public synchronized long age() {
        return ticker.nanos() - since;
    }

    /** Nanoseconds until an ejected target returns. */
    public synchronized long nanosUntilReturn() {
        return isOut() ? settings.duration().toNanos() - age() : 0;
    }

    public synchronized boolean isOut() {
        return ejected && age() < settings.duration().toNanos();
    }

    /** The current fraction of the target's weight: less than 1 for a while after its return. */
    public synchronized double share() {
        if (!ejected) {
            return 1;
        }
        double duration = Math.max(1, settings.duration().toNanos());
        double returned = age() / duration - 1;
        if (returned >= 1) {
            ejected = false;
            return 1;
        }
        return Math.max(FIRST_SHARE, returned);
    }
}
