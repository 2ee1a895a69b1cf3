package dev.pintle.policy.ratelimit;

import dev.pintle.redis.Redis;
import dev.pintle.redis.RedisProbeCommand;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.time.Ticker;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits of a node. What was taken from a bucket belongs to the route's id and the key, not to the revision: a
 * limit that is changed, or taken away and given back, finds its buckets as full as they were. Safe for all threads.
 */
public final class RateLimiterRegistry {
    private final Ticker ticker;
    private final BucketCapacity space;
    private final @Nullable Redis redis;
    private final IntSupplier nodes;
    private final Map<String, RouteRateLimiter> limiters = new ConcurrentHashMap<>();

    /** What Redis must be able to run. */
    public static RedisProbeCommand probe() {
        return TokenBucketScript.probe();
    }

    /**
     * Limits that this node enforces by itself.
     *
     * @param maxBuckets how many buckets are kept; keys that find no space share a few
     */
    public RateLimiterRegistry(Ticker ticker, Metrics metrics, int maxBuckets) {
        this(ticker, maxBuckets, null, () -> 1);
        metrics.limiterMode(mode().text());
    }

    /**
     * Limits that all nodes enforce together.
     *
     * @param maxBuckets of how many buckets the node keeps what it knows of them
     * @param redis where the buckets are; closed by the caller
     * @param nodes how many nodes are alive, this one included
     */
    public RateLimiterRegistry(Ticker ticker, int maxBuckets, @Nullable Redis redis, IntSupplier nodes) {
        this.ticker = ticker;
        this.space = new BucketCapacity(maxBuckets);
        this.redis = redis;
        this.nodes = nodes;
    }

    /** The policy of a route. The settings hold from now on, also for what is remembered. */
    public synchronized RateLimitPolicy policy(String route, RateLimitSettings settings, RouteMetrics metrics) {
        RouteRateLimiter limiter = limiters.computeIfAbsent(
                route,
                id -> new RouteRateLimiter(id, settings, new BucketCache(space, maker(id)), this::isAlone, ticker));
        limiter.adopt(settings);
        return new RateLimitPolicy(limiter, settings, metrics);
    }

    private BucketCache.Maker maker(String route) {
        if (redis == null) {
            return (key, mirror, own) -> own;
        }
        return (key, mirror, own) -> new DistributedTokenBucket(
                "pintle:limit:{" + route + ':' + key + '}', mirror, own, redis, nodes, ticker);
    }

    private boolean isAlone() {
        return redis != null && !redis.isAvailable();
    }

    /** The route has no limit, or none any more, or is no more itself. Its buckets stay until they are {@linkplain #tidy full}. */
    public synchronized void off(String route) {
        RouteRateLimiter limiter = limiters.get(route);
        if (limiter != null) {
            limiter.suspend();
        }
    }

    /** Forgets the limits that are not in force any more, once all their buckets are full. */
    public synchronized void tidy() {
        limiters.values().removeIf(limiter -> !limiter.inForce() && limiter.isForgettable());
    }

    /** Where requests are counted now. */
    public RateLimitMode mode() {
        if (redis == null) {
            return RateLimitMode.LOCAL;
        }
        return redis.isAvailable() ? RateLimitMode.REDIS : RateLimitMode.SPLIT;
    }

    /** The limits in force. */
    public List<RateLimitStatus> limits() {
        return limiters.values().stream()
                .filter(RouteRateLimiter::inForce)
                .map(RouteRateLimiter::limit)
                .sorted(Comparator.comparing(RateLimitStatus::route))
                .toList();
    }

    /** The buckets with the smallest part left, at most so many. */
    public List<DepletedBucket> drained(int most) {
        return limiters.values().stream()
                .filter(RouteRateLimiter::inForce)
                .flatMap(limiter -> limiter.drained().stream())
                .sorted(Comparator.comparingDouble(drained -> drained.left() / (double) drained.burst()))
                .limit(most)
                .toList();
    }

    /**
     * What a client has left.
     *
     * @param client its address, or the value of the header that the limit goes by
     * @return null when the route has no limit
     */
    public @Nullable BucketLevel level(String route, String client) {
        RouteRateLimiter limiter = inForce(route);
        return limiter == null ? null : limiter.level(client);
    }

    /**
     * The key of the bucket that a client draws from; it gives no header's value away.
     *
     * @param client its address, or the value of the header that the limit goes by
     * @return null when the route has no limit
     */
    public @Nullable String bucket(String route, String client) {
        RouteRateLimiter limiter = inForce(route);
        return limiter == null ? null : limiter.bucket(client);
    }

    /** Whether a route has a limit in which all clients are one. */
    public boolean isOfWholeRoute(String route) {
        RouteRateLimiter limiter = inForce(route);
        return limiter != null && limiter.isOfWholeRoute();
    }

    /** Fills a bucket; nothing happens when the route has no limit. */
    public void reset(String route, String bucket) {
        RouteRateLimiter limiter = inForce(route);
        if (limiter != null) {
            limiter.reset(bucket);
        }
    }

    private @Nullable RouteRateLimiter inForce(String route) {
        RouteRateLimiter limiter = limiters.get(route);
        return limiter == null || !limiter.inForce() ? null : limiter;
    }
}
