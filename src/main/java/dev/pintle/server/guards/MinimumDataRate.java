package dev.pintle.server.guards;

import java.time.Duration;

/**
 * The minimum rate at which a client must send or receive a body. Only time spent waiting for the client counts, so
 * that a slow upstream does not. A grace period covers short pauses.
 */
public final class MinimumDataRate {
    public static final Duration GRACE = Duration.ofSeconds(20);
    public static final long OCTETS_A_SECOND = 100;

    private MinimumDataRate() {}

    /** The longest time for the client to receive one write. */
    public static Duration longestFor(int octets) {
        return GRACE.plusSeconds(octets / OCTETS_A_SECOND);
    }

    /**
     * Whether a body is too slow.
     *
     * @param octets of the body that came
     * @param waitedNanos the total time spent waiting for them
     */
    public static boolean isTooSlow(long octets, long waitedNanos) {
        Duration waited = Duration.ofNanos(waitedNanos);
        return waited.compareTo(GRACE) > 0 && octets < waited.toSeconds() * OCTETS_A_SECOND;
    }
}
