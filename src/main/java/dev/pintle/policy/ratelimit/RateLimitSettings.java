package dev.pintle.policy.ratelimit;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One rate limit of a route: {@code permits} requests per {@code per} on average, and bursts of {@code burst} requests.
 *
 * @param name unique in the route; letters, digits, {@code .}, {@code _} and {@code -}
 * @param key selects the requests that share a bucket
 * @param onRedisFailure the behavior while Redis is unavailable
 */
public record RateLimitSettings(
        String name, int permits, Duration per, int burst, LimitKey key, RedisFailureMode onRedisFailure) {
    private static final Pattern NAME = Pattern.compile("[\\w.-]+");
    private static final Duration MIN_PERIOD = Duration.ofMillis(1);

    public RateLimitSettings {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The rate limit name \"" + name + "\" is invalid: use letters, digits, '.', '_' and '-'");
        }
        if (permits < 1 || burst < 1 || per.compareTo(MIN_PERIOD) < 0) {
            throw new IllegalArgumentException(
                    "The rate limit \"" + name + "\" needs at least 1 request, a burst of at least"
                            + " 1, and a period of at least 1 ms: " + permits + ", " + burst + ", " + per);
        }
    }

    LimitTerms terms() {
        return new LimitTerms(Rate.of(permits, per, burst), onRedisFailure);
    }
}
