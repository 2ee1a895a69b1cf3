package dev.pintle.policy.ratelimit;

import java.time.Duration;

/**
 * How many requests may pass: {@code permits} in each {@code per} on average, and {@code burst} at once.
 *
 * @param key whose requests are counted together
 * @param whenRedisIsAway what holds while the nodes cannot count together
 */
public record RateLimitSettings(int permits, Duration per, int burst, LimitKey key, RedisFailureMode whenRedisIsAway) {
    public RateLimitSettings {
        if (permits < 1 || burst < 1 || per.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(
                    "a rate limit has permits, a burst, and a period of a millisecond or more: " + permits + ", "
                            + burst + ", " + per);
        }
    }

    Rate rate() {
        return Rate.of(permits, per, burst);
    }
}
