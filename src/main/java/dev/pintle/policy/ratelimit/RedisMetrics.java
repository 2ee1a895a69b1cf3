package dev.pintle.policy.ratelimit;

import dev.pintle.redis.RedisObserver;
import dev.pintle.telemetry.Metrics;

/** Records the calls to Redis and its availability. */
public final class RedisMetrics implements RedisObserver {
    private final Metrics metrics;

    public RedisMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void availability(boolean available) {
        metrics.rateLimiter().mode((available ? RateLimitMode.REDIS : RateLimitMode.SPLIT).text());
    }

    @Override
    public void answered(long nanos) {
        metrics.rateLimiter().called(nanos);
    }
}
