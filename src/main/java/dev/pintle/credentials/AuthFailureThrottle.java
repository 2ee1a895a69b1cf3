package dev.pintle.credentials;

import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits failed attempts per key: a burst of ten, then one every three seconds. Remembers ten thousand keys and evicts
 * the least recently used one. Safe for all threads.
 */
public final class AuthFailureThrottle {
    public static final int BURST = 10;
    public static final Duration INTERVAL = Duration.ofSeconds(3);
    static final int MAX_KEYS = 10_000;

    private static final long INTERVAL_NANOS = INTERVAL.toNanos();

    private final Ticker ticker;
    private final int burst;
    private final Map<String, Attempts> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
            return size() > MAX_KEYS;
        }
    };

    public AuthFailureThrottle(Ticker ticker) {
        this(ticker, BURST);
    }

    /** Creates a throttle with another burst. */
    public AuthFailureThrottle(Ticker ticker, int burst) {
        this.ticker = ticker;
        this.burst = burst;
    }

    /** Returns the time until the next attempt of a key; zero when it has one now. */
    public synchronized Duration untilNext(String key) {
        Attempts attempts = remembered.get(key);
        long wait = attempts == null ? 0 : attempts.fullAt - ticker.nanos() - (burst - 1) * INTERVAL_NANOS;
        return wait > 0 ? Duration.ofNanos(wait) : Duration.ZERO;
    }

    /**
     * Uses an attempt.
     *
     * @return the number of throttled attempts since the last used one
     */
    public synchronized long use(String key) {
        long now = ticker.nanos();
        Attempts attempts = remembered.computeIfAbsent(key, any -> new Attempts(now));
        attempts.fullAt += INTERVAL_NANOS + Math.max(0, now - attempts.fullAt);
        long throttled = attempts.throttled;
        attempts.throttled = 0;
        return throttled;
    }

    /**
     * Counts a throttled attempt.
     *
     * @return the number of throttled attempts since the last used one, including this one
     */
    public synchronized long throttle(String key) {
        Attempts attempts = remembered.get(key);
        return attempts == null ? 1 : ++attempts.throttled;
    }

    private static final class Attempts {
        /** The time when all attempts are available again, on the ticker. */
        private long fullAt;

        private long throttled;

        private Attempts(long now) {
            fullAt = now;
        }
    }
}
