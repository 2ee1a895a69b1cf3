package dev.pintle.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pintle.time.Ticker;
import java.time.Duration;

/**
 * Limits the fetches that tokens with unknown key ids cause. Anyone can invent ids, and each fetch costs the provider. Three
 * fetches are free, one more every 10 s; an id that a fetch did not find is not looked for again for a minute.
 */
final class RefetchLimit {
    private static final int BURST = 3;
    private static final long REFILL_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MAX_UNKNOWN = 1_000;

    private final Ticker ticker;
    private final Cache<String, Boolean> unknown;
    private long refilledAt;
    private int left = BURST;

    RefetchLimit(Ticker ticker) {
        this.ticker = ticker;
        this.refilledAt = ticker.nanos();
        this.unknown = Caffeine.newBuilder()
                .maximumSize(MAX_UNKNOWN)
                .expireAfterWrite(Duration.ofMinutes(1))
                .ticker(ticker::nanos)
                .build();
    }

    boolean isKnownAsAbsent(String keyId) {
        return unknown.getIfPresent(keyId) != null;
    }

    /** A fetch did not find a key. */
    void absent(String keyId) {
        unknown.put(keyId, true);
    }

    /** Takes a fetch; false when there is none left. */
    synchronized boolean tryTake() {
        long earned = (ticker.nanos() - refilledAt) / REFILL_NANOS;
        if (earned > 0) {
            refilledAt += earned * REFILL_NANOS;
            left = (int) Math.min(BURST, left + earned);
        }
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
