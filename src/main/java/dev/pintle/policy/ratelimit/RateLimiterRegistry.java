package dev.pintle.policy.ratelimit;

import dev.pintle.redis.Redis;
import dev.pintle.redis.RedisProbeCommand;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.time.Ticker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits of a node. The level of a bucket belongs to the id of the route, the name of the limit and the key, not to a revision:
 * a limit that changes, or is removed and added again, finds its buckets as full as they were. Safe for all threads.
 */
public final class RateLimiterRegistry {
    private final Ticker ticker;
    private final BucketCapacity capacity;
    private final LockOrder order = new LockOrder();
    private final @Nullable RedisBackend backend;
    private final Map<String, RouteLimiters> routes = new ConcurrentHashMap<>();

    /**
     * Limits that this node enforces by itself.
     *
     * @param maxBuckets how many buckets the node keeps; keys that find no space share a few
     */
    public RateLimiterRegistry(Ticker ticker, Metrics metrics, int maxBuckets) {
        this(ticker, maxBuckets, null, () -> 1);
        metrics.limiterMode(mode().text());
    }

    /**
     * Limits that all nodes enforce together.
     *
     * @param maxBuckets of how many buckets the node remembers what it knows
     * @param redis where the buckets are; the caller closes it
     * @param nodes how many nodes are alive, this one included
     */
    public RateLimiterRegistry(Ticker ticker, int maxBuckets, @Nullable Redis redis, IntSupplier nodes) {
        this.ticker = ticker;
        this.capacity = new BucketCapacity(maxBuckets);
        this.backend = redis == null ? null : new RedisBackend(redis, nodes, ticker);
    }

    /** What Redis must be able to run. */
    public static RedisProbeCommand probe() {
        return TokenBucketScript.probe();
    }

    /**
     * Makes the policy of a route. From now on, the route has these limits and no others.
     *
     * @param limits at least one, each with a name of its own
     */
    public synchronized RateLimitPolicy policy(String route, List<RateLimitSettings> limits, RouteMetrics metrics) {
        RouteLimiters limiters = routes.computeIfAbsent(route, id -> new RouteLimiters());
        return new RateLimitPolicy(limits, limiters.activate(limits, limit -> create(route, limit)), metrics, ticker);
    }

    private RouteRateLimiter create(String route, RateLimitSettings limit) {
        BucketFactory factory = backend == null
                ? new BucketFactory.Local(order)
                : new BucketFactory.Distributed(order, backend, route, limit.name());
        return new RouteRateLimiter(route, limit, new BucketCache(capacity, factory), ticker);
    }

    /** Deactivates all limits of a route. Their buckets stay until they are {@linkplain #tidy full}. */
    public synchronized void off(String route) {
        RouteLimiters limiters = routes.get(route);
        if (limiters != null) {
            limiters.deactivate();
        }
    }

    /** Forgets the inactive limits whose buckets are all full. */
    public synchronized void tidy() {
        routes.values().removeIf(RouteLimiters::tidy);
    }

    /** Where requests are counted now. */
    public RateLimitMode mode() {
        if (backend == null) {
            return RateLimitMode.LOCAL;
        }
        return backend.redis().isAvailable() ? RateLimitMode.REDIS : RateLimitMode.SPLIT;
    }

    /** The active limits by route, in the order in which the operator wrote them. */
    public List<RateLimitStatus> limits() {
        return limiters()
                .map(RouteRateLimiter::status)
                .sorted(Comparator.comparing(RateLimitStatus::route))
                .toList();
    }

    /** The buckets with the smallest part left, at most so many. */
    public List<DepletedBucket> depleted(int most) {
        return limiters()
                .flatMap(limiter -> limiter.depleted().stream())
                .sorted(Comparator.comparingDouble(bucket -> bucket.left() / (double) bucket.burst()))
                .limit(most)
                .toList();
    }

    /**
     * What a client has left in each limit of a route.
     *
     * @param client an address, or a value that a limit counts; null for the limits that all clients share
     * @return empty if no limit of the route counts such a client
     */
    public List<LimitLevel> levels(String route, @Nullable String client) {
        List<LimitLevel> levels = new ArrayList<>();
        for (RouteRateLimiter limiter : active(route)) {
            String key = limiter.key(client);
            if (key != null) {
                levels.add(limiter.level(key));
            }
        }
        return levels;
    }

    /**
     * The buckets that a client draws from on a route.
     *
     * @param client see {@link #levels}
     */
    public ClientBuckets buckets(String route, @Nullable String client) {
        SequencedMap<String, String> keys = new LinkedHashMap<>();
        for (RouteRateLimiter limiter : active(route)) {
            String key = limiter.key(client);
            if (key != null) {
                keys.put(limiter.name(), key);
            }
        }
        return new ClientBuckets(keys);
    }

    /** Fills buckets. Ignores those of limits that the route does not have. */
    public void reset(String route, ClientBuckets buckets) {
        for (RouteRateLimiter limiter : active(route)) {
            String key = buckets.keys().get(limiter.name());
            if (key != null) {
                limiter.reset(key);
            }
        }
    }

    /** Whether a route has a limit. */
    public boolean isLimited(String route) {
        return !active(route).isEmpty();
    }

    private List<RouteRateLimiter> active(String route) {
        RouteLimiters limiters = routes.get(route);
        return limiters == null ? List.of() : limiters.active();
    }

    private Stream<RouteRateLimiter> limiters() {
        return routes.values().stream().flatMap(limiters -> limiters.active().stream());
    }
}
