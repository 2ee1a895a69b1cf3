package dev.pintle.policy.ratelimit;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One rate limit of a route: {@code permits} requests in each {@code per} on average, and {@code burst} at once.
 *
 * @param name unique in the route; letters, digits, {@code .}, {@code _} and {@code -}
 * @param key whose requests the limit counts together
 * @param onRedisFailure what to do while Redis is unavailable
 */
public record RateLimitSettings(
        String name, int permits, Duration per, int burst, LimitKey key, RedisFailureMode onRedisFailure) {
    private static final Pattern NAME = Pattern.compile("[\\w.-]+");
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(1);

    public RateLimitSettings {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The rate limit name \"" + name + "\" is invalid: use letters, digits, '.', '_' and '-'");
        }
        if (permits < 1 || burst < 1 || per.compareTo(SHORTEST_PERIOD) < 0) {
            throw new IllegalArgumentException(
                    "The rate limit \"" + name + "\" needs at least 1 request, a burst of at least"
                            + " 1, and a period of at least 1 ms: " + permits + ", " + burst + ", " + per);
        }
    }

    LimitTerms terms() {
        return new LimitTerms(Rate.of(permits, per, burst), onRedisFailure);
    }
}
