package dev.pintle.policy.ratelimit;

import java.time.Duration;

/** Rate limits for tests. */
final class SampleLimits {
    private SampleLimits() {}

    /** A limit that holds as many requests as a period brings. */
    static RateLimitSettings limit(String name, String key, int requests, Duration per) {
        return limit(name, key, requests, per, requests, RedisFailureMode.SPLIT);
    }

    static RateLimitSettings limit(
            String name, String key, int requests, Duration per, int burst, RedisFailureMode onRedisFailure) {
        return new RateLimitSettings(name, requests, per, burst, LimitKey.parse(key), onRedisFailure);
    }

    /** A limit for each client that is named {@code default}. */
    static RateLimitSettings perClient(int requests, Duration per, int burst) {
        return limit("default", "client", requests, per, burst, RedisFailureMode.SPLIT);
    }

    /** What holds for a bucket of that rate. */
    static LimitTerms terms(Rate rate) {
        return new LimitTerms(rate, RedisFailureMode.SPLIT);
    }
}
