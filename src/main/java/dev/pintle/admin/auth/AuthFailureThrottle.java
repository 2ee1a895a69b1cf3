package dev.pintle.admin.auth;

import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failed attempts per key: ten at once, and then one every three seconds. It remembers ten thousand keys and forgets the
 * least recently used one first. Thread-safe.
 */
public final class AuthFailureThrottle {
    public static final int AT_ONCE = 10;
    public static final Duration EACH = Duration.ofSeconds(3);
    static final int MOST_KEYS = 10_000;

    private static final long EACH_NANOS = EACH.toNanos();

    private final Ticker ticker;
    private final Map<String, Tries> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > MOST_KEYS;
        }
    };

    public AuthFailureThrottle(Ticker ticker) {
        this.ticker = ticker;
    }

    /** The time until a key has its next attempt; zero when it has one now. */
    public synchronized Duration untilNext(String key) {
        Tries tries = remembered.get(key);
        long wait = tries == null ? 0 : tries.forgivenAt - ticker.nanos() - (AT_ONCE - 1) * EACH_NANOS;
        return wait > 0 ? Duration.ofNanos(wait) : Duration.ZERO;
    }

    /**
     * Uses an attempt.
     *
     * @return how many were throttled since the last one
     */
    public synchronized long use(String key) {
        long now = ticker.nanos();
        Tries tries = remembered.computeIfAbsent(key, any -> new Tries(now));
        tries.forgivenAt += EACH_NANOS + Math.max(0, now - tries.forgivenAt);
        long turnedAway = tries.turnedAway;
        tries.turnedAway = 0;
        return turnedAway;
    }

    /**
     * Counts a throttled attempt.
     *
     * @return how many there were, this one included, since the last attempt that was used
     */
    public synchronized long turnAway(String key) {
        Tries tries = remembered.get(key);
        return tries == null ? 1 : ++tries.turnedAway;
    }

    private static final class Tries {
        /** When all attempts are available again, in the ticker's nanoseconds. */
        private long forgivenAt;

        private long turnedAway;

        private Tries(long now) {
            forgivenAt = now;
        }
    }
}
