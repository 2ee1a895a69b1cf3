package dev.pintle.policy.ratelimit;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One rate limit of a route: {@code permits} requests per {@code per} on average, and bursts of {@code burst} requests.
 *
 * @param name unique in the route; letters, digits, {@code .}, {@code _} and {@code -}
 * @param key selects the requests that share a bucket
 * @param onRedisFailure the behavior while Redis is unavailable
 * @param sharedAs the name under which routes share the buckets of the limit; null for a limit of one route
 */
public record RateLimitSettings(
        String name,
        int permits,
        Duration per,
        int burst,
        LimitKey key,
        RedisFailureMode onRedisFailure,
        @Nullable String sharedAs) {
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

    /** A limit of one route. */
    public RateLimitSettings(
            String name, int permits, Duration per, int burst, LimitKey key, RedisFailureMode onRedisFailure) {
        this(name, permits, per, burst, key, onRedisFailure, null);
    }

    LimitTerms terms() {
        return new LimitTerms(Rate.of(permits, per, burst), onRedisFailure);
    }
}
