package dev.pintle.server.guards;

import java.time.Duration;

/**
 * How slowly a body may come from a client, or be taken by it. Only the time that is spent waiting for the client counts, so that
 * a slow upstream is not held against it; a client that is merely short of breath has its grace.
 */
public final class MinimumDataRate {
    public static final Duration GRACE = Duration.ofSeconds(20);
    public static final long OCTETS_A_SECOND = 100;

    private MinimumDataRate() {}

    /** How long a client may take for what is written to it at once. */
    public static Duration longestFor(int octets) {
        return GRACE.plusSeconds(octets / OCTETS_A_SECOND);
    }

    /**
     * Whether a body comes too slowly.
     *
     * @param octets of the body that came
     * @param waitedNanos how long they were waited for, altogether
     */
    public static boolean isTooSlow(long octets, long waitedNanos) {
        Duration waited = Duration.ofNanos(waitedNanos);
        return waited.compareTo(GRACE) > 0 && octets < waited.toSeconds() * OCTETS_A_SECOND;
    }
}
