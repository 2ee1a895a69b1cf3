package dev.pintle.upstream.target;

/**
 * Counts the consecutive failures of a target. A response head ends the streak, because a stream may run for hours.
 * When a
 * response breaks off, the streak continues as if there had been no head, and only a response that does not break off
 * ends it.
 * Not thread-safe, but for {@link #isDoubtful()}.
 */
public final class FailureStreak {
    private int length;
    private int hidden;
    private boolean broken;
    private volatile boolean doubtful;

    /** The current number of consecutive failures. */
    public int length() {
        return length;
    }

    /** Whether {@link #completed()} would change anything. Thread-safe. */
    public boolean isDoubtful() {
        return doubtful;
    }

    /** Counts an attempt without a response. */
    public void failed() {
        length++;
    }

    /**
     * Counts a response head.
     *
     * @return whether it ends the streak
     */
    public boolean responded() {
        if (!broken) {
            hidden += length;
            length = 0;
            doubtful = hidden > 0;
        }
        return !broken;
    }

    /**
     * Counts a response that did not break off.
     *
     * @return whether it ends the streak
     */
    public boolean completed() {
        boolean ends = broken;
        if (ends) {
            length = 0;
        }
        forgive();
        return ends;
    }

    /**
     * Counts a response that broke off.
     *
     * @return by how many failures the streak grows
     */
    public int brokeOff() {
        int added = hidden + 1;
        length += added;
        hidden = 0;
        broken = true;
        doubtful = true;
        return added;
    }

    /** Lets the next head end the streak again. */
    public void forgive() {
        hidden = 0;
        broken = false;
        doubtful = false;
    }
}
