package dev.pintle.upstream.target;

import org.jspecify.annotations.Nullable;

/**
 * Counts the failures of a target in a row. A response head is a success, which ends the streak; when the same response breaks
 * off later, the streak continues as if the attempt had failed at once. Not thread-safe.
 */
public final class FailureStreak {
    private int length;
    private int endedByLastSuccess;
    private @Nullable Object lastSuccess;

    /** Failures since the last success. */
    public int length() {
        return length;
    }

    public void failed() {
        length++;
    }

    /**
     * Ends the streak.
     *
     * @param attempt is compared by identity in {@link #brokeOff}
     */
    public void succeeded(Object attempt) {
        endedByLastSuccess = length;
        lastSuccess = attempt;
        length = 0;
    }

    /**
     * Turns the success of an attempt into a failure.
     *
     * @return by how many failures the streak grows: more than one when no other attempt has succeeded since
     */
    @SuppressWarnings("ReferenceEquality")
    public int brokeOff(Object attempt) {
        int added = 1;
        if (attempt == lastSuccess) {
            added += endedByLastSuccess;
            lastSuccess = null;
        }
        length += added;
        return added;
    }
}
