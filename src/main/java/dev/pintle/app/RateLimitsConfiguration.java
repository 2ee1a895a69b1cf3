package dev.pintle.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pintle.redis.RedisUri;
import dev.pintle.server.guards.HeapBasedLimits;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** The storage of rate limits. */
public final class RateLimitsConfiguration {
    @JsonProperty
    private @Nullable String redisUrl;

    @Min(1_000)
    @JsonProperty
    private @Nullable Integer maxBuckets;

    /**
     * The Redis that all nodes share; null when each node has its own buckets.
     *
     * @throws IllegalArgumentException when the URL is invalid; the message contains no password
     */
    @Nullable
    RedisUri redis() {
        return redisUrl == null || redisUrl.isBlank() ? null : RedisUri.parse("REDIS_URL", redisUrl);
    }

    /** The maximum number of buckets that the node keeps. */
    int maxBuckets() {
        return maxBuckets == null ? HeapBasedLimits.buckets() : maxBuckets;
    }
}
