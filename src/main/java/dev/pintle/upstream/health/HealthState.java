package dev.pintle.upstream.health;

import dev.pintle.upstream.target.AttemptVerdict;

/**
 * Whether a target passes its checks; healthy until proven otherwise. One thread at a time writes it; all threads read
 * it.
 */
public final class HealthState {
    private volatile boolean good = true;
    /** Consecutive results that contradict the current state. */
    private int against;

    public boolean isGood() {
        return good;
    }

    /**
     * Counts the result of a check.
     *
     * @return whether the health changes with it
     */
    public boolean note(AttemptVerdict verdict, HealthCheckSettings settings) {
        if (verdict == AttemptVerdict.IGNORED) {
            return false;
        }
        boolean answer = verdict == AttemptVerdict.SUCCESS;
        against = answer == good ? 0 : against + 1;
        if (against >= (good ? settings.unhealthyAfter() : settings.healthyAfter())) {
            good = answer;
            against = 0;
            return true;
        }
        return false;
    }
}
