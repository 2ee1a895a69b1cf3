package dev.pintle.upstream;

import dev.pintle.time.Ticker;

/**
 * Leaves a target out after failures in a row, and lets it return slowly. A failure on its return puts it out again at once,
 * a success ends the count. Safe for all threads.
 */
final class Ejection {
    /** The share of a target at the moment of its return. */
    private static final double FIRST_SHARE = 0.1;

    private final Ticker ticker;
    private EjectionSettings settings;
    private int failures;
    private boolean ejected;
    private long since;

    Ejection(EjectionSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
    }

    /** Goes on with other settings; what was counted stays counted. */
    synchronized void adopt(EjectionSettings others) {
        settings = others;
    }

    /** Hears of an attempt, and says whether the target should be put out now. */
    synchronized boolean count(Verdict verdict) {
        switch (verdict) {
            case GOOD -> failures = 0;
            case BAD -> failures++;
            case NONE -> {}
        }
        return verdict == Verdict.BAD && failures >= settings.failures() && !isOut();
    }

    synchronized void eject() {
        ejected = true;
        since = ticker.nanos();
    }

    synchronized boolean isOut() {
        return ejected && age() < settings.duration().toNanos();
    }

    /** The part of its weight that the target has now: less than 1 for a while after its return. */
    synchronized double share() {
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

    private long age() {
        return ticker.nanos() - since;
    }
}
