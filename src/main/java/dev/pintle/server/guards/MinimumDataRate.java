package dev.pintle.server.guards;

import java.time.Duration;

/**
 * The minimum rate at which a client must send or receive a body. Only time spent waiting for the client counts, so
 * that a slow upstream does not. A grace period covers short pauses.
 */
public final class MinimumDataRate {
    public static final Duration GRACE = Duration.ofSeconds(20);
    public static final long BYTES_PER_SECOND = 100;

    private MinimumDataRate() {}

    /** Returns the maximum time for the client to receive one write. */
    public static Duration timeFor(int bytes) {
        return GRACE.plusSeconds(bytes / BYTES_PER_SECOND);
    }

    /**
     * Returns whether a body is too slow.
     *
     * @param bytes the number of received bytes
     * @param waitedNanos the total time spent waiting for them
     */
    public static boolean isTooSlow(long bytes, long waitedNanos) {
        Duration waited = Duration.ofNanos(waitedNanos);
        return waited.compareTo(GRACE) > 0 && bytes < waited.toSeconds() * BYTES_PER_SECOND;
    }
}
