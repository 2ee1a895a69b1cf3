package dev.pintle.policy.ratelimit;

import java.time.Duration;

/** Creates rate limits for tests. */
final class SampleLimits {
    private SampleLimits() {}

    /** Returns a limit whose burst equals the requests of a period. */
    static RateLimitSettings limit(String name, String key, int requests, Duration per) {
        return limit(name, key, requests, per, requests, RedisFailureMode.SPLIT);
    }

    static RateLimitSettings limit(
            String name, String key, int requests, Duration per, int burst, RedisFailureMode onRedisFailure) {
        return new RateLimitSettings(name, requests, per, burst, LimitKey.parse(key), onRedisFailure);
    }

    /** Returns a limit per client with the name {@code default}. */
    static RateLimitSettings perClient(int requests, Duration per, int burst) {
        return limit("default", "client", requests, per, burst, RedisFailureMode.SPLIT);
    }

    /** Returns the terms for a bucket with this rate. */
    static LimitTerms terms(Rate rate) {
        return new LimitTerms(rate, RedisFailureMode.SPLIT);
    }
}
