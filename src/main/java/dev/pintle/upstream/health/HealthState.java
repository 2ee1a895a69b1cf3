package dev.pintle.upstream.health;

import dev.pintle.upstream.target.AttemptVerdict;

/** Whether a target answers its checks; good until it is known to be bad. Written by one thread at a time, read by all. */
public final class HealthState {
    private volatile boolean good = true;
    /** Answers in a row that speak against what is believed. */
    private int against;

    public boolean isGood() {
        return good;
    }

    void note(AttemptVerdict verdict, HealthCheckSettings settings) {
        if (verdict == AttemptVerdict.NONE) {
            return;
        }
        boolean answer = verdict == AttemptVerdict.SUCCESS;
        against = answer == good ? 0 : against + 1;
        if (against >= (good ? settings.unhealthyAfter() : settings.healthyAfter())) {
            good = answer;
            against = 0;
        }
    }
}
