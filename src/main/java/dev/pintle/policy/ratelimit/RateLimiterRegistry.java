package dev.pintle.policy.ratelimit;

import dev.pintle.http.Exchange;
import dev.pintle.http.Policy;
import dev.pintle.redis.Redis;
import dev.pintle.redis.RedisProbeCommand;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.time.Ticker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits of a node. A bucket belongs to the route id, the name of the limit and the key, not to a revision. A
 * limit that changes, or is removed and added again, keeps the levels of its buckets. Safe for all threads.
 */
public final class RateLimiterRegistry {
    /** The scope of limits that routes share; no id of a route has a colon. */
    private static final String SHARED = "shared:";

    private final Ticker ticker;
    private final BucketCapacity capacity;
    private final LockOrder order = new LockOrder();
    private final @Nullable RedisBackend backend;
    private final Map<String, RouteLimiters> routes = new ConcurrentHashMap<>();
    private final Map<String, RouteRateLimiter> shared = new ConcurrentHashMap<>();

    /**
     * Creates a registry for limits of this node only.
     *
     * @param maxBuckets the maximum number of buckets; further keys share a few
     */
    public RateLimiterRegistry(Ticker ticker, Metrics metrics, int maxBuckets) {
        this(ticker, maxBuckets, null, () -> 1);
        metrics.rateLimiter().mode(mode().text());
    }

    /**
     * Creates a registry for limits that all nodes share.
     *
     * @param maxBuckets the maximum number of buckets that the node tracks
     * @param redis stores the buckets; the caller closes it
     * @param nodes the number of live nodes, this one included
     */
    public RateLimiterRegistry(Ticker ticker, int maxBuckets, @Nullable Redis redis, IntSupplier nodes) {
        this.ticker = ticker;
        this.capacity = new BucketCapacity(maxBuckets);
        this.backend = redis == null ? null : new RedisBackend(redis, nodes, ticker);
    }

    /** Returns a command that tests the Redis features that rate limits need. */
    public static RedisProbeCommand probe() {
        return TokenBucketScript.probe();
    }

    /**
     * Creates the policy of a route and activates exactly these limits.
     *
     * @param limits at least one, with unique names
     */
    public synchronized RateLimitPolicy policy(String route, List<RateLimitSettings> limits, RouteMetrics metrics) {
        RouteLimiters limiters = routes.computeIfAbsent(route, id -> new RouteLimiters());
        return new RateLimitPolicy(limits, limiters.activate(limits, limit -> create(route, limit)), metrics, ticker);
    }

    /** Creates the policy of a route whose limits may depend on the groups of the consumer. */
    synchronized Policy policyByGroup(String route, List<LimitPlan> plans, RouteMetrics metrics) {
        List<RateLimitSettings> all = plans.stream().flatMap(LimitPlan::all).toList();
        RateLimitPolicy first = policy(route, all, metrics);
        if (all.size() == plans.size()) {
            return first;
        }
        Map<RateLimitSettings, RouteRateLimiter> limiters = new HashMap<>();
        List<RouteRateLimiter> active = active(route);
        for (int i = 0; i < all.size(); i++) {
            limiters.put(all.get(i), active.get(i));
        }
        return new GroupRateLimitPolicy(
                plans,
                limits -> new RateLimitPolicy(
                        limits, limits.stream().map(limiters::get).toList(), metrics, ticker));
    }

    private RouteRateLimiter create(String route, RateLimitSettings limit) {
        String sharedAs = limit.sharedAs();
        return sharedAs == null
                ? create(route, limit.name(), limit)
                : shared.computeIfAbsent(sharedAs, name -> create(SHARED + name, SHARED, limit));
    }

    private RouteRateLimiter create(String scope, String name, RateLimitSettings limit) {
        BucketFactory factory = backend == null
                ? new BucketFactory.Local(order)
                : new BucketFactory.Distributed(order, backend, scope, name);
        return new RouteRateLimiter(scope, limit, new BucketCache(capacity, factory), ticker);
    }

    /** Deactivates all limits of a route. The buckets stay until they are {@linkplain #evictIdle full}. */
    public synchronized void deactivate(String route) {
        RouteLimiters limiters = routes.get(route);
        if (limiters != null) {
            limiters.deactivate();
        }
    }

    /** Removes the inactive limits whose buckets are all full. */
    public synchronized void evictIdle() {
        routes.values().removeIf(RouteLimiters::evictIdle);
        shared.values()
                .removeIf(limiter -> limiter.isForgettable()
                        && routes.values().stream()
                                .noneMatch(route -> route.active().contains(limiter)));
    }

    /** Returns the place where the node counts requests now. */
    public RateLimitMode mode() {
        if (backend == null) {
            return RateLimitMode.LOCAL;
        }
        return backend.redis().isAvailable() ? RateLimitMode.REDIS : RateLimitMode.SPLIT;
    }

    /** Returns the active limits by route, in the configured order. */
    public List<RateLimitStatus> limits() {
        return limiters()
                .map(RouteRateLimiter::status)
                .sorted(Comparator.comparing(RateLimitStatus::route))
                .toList();
    }

    /**
     * Returns the buckets with the smallest remaining part.
     *
     * @param max the maximum number of buckets
     */
    public List<DepletedBucket> depleted(int max) {
        return limiters()
                .flatMap(limiter -> limiter.depleted().stream())
                .sorted(Comparator.comparingDouble(bucket -> bucket.left() / (double) bucket.burst()))
                .limit(max)
                .toList();
    }

    /**
     * Returns the levels of a client in each limit of a route.
     *
     * @param client an address, or a value of a header; null for the limits that all clients share
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
     * Returns the levels of the buckets that a request would draw from. Without the address of the client, its own bucket is
     * not among them.
     *
     * @param names of the limits that apply to the request
     */
    public List<LimitLevel> levels(String route, Exchange exchange, Set<String> names) {
        boolean isAddressKnown = !exchange.client().address().isEmpty();
        List<LimitLevel> levels = new ArrayList<>();
        for (RouteRateLimiter limiter : active(route)) {
            if (names.contains(limiter.name())) {
                limiter.keys(exchange).stream()
                        .filter(key -> isAddressKnown || !key.equals(ClientLimitKey.bucket(exchange)))
                        .forEach(key -> levels.add(limiter.level(key)));
            }
        }
        return levels;
    }

    /**
     * Returns the buckets of a client on a route.
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

    /** Fills buckets. Ignores unknown limits. */
    public void reset(String route, ClientBuckets buckets) {
        for (RouteRateLimiter limiter : active(route)) {
            String key = buckets.keys().get(limiter.name());
            if (key != null) {
                limiter.reset(key);
            }
        }
    }

    /** Returns whether a route has a limit. */
    public boolean isLimited(String route) {
        return !active(route).isEmpty();
    }

    private List<RouteRateLimiter> active(String route) {
        RouteLimiters limiters = routes.get(route);
        return limiters == null ? List.of() : limiters.active();
    }

    private Stream<RouteRateLimiter> limiters() {
        return routes.values().stream()
                .flatMap(limiters -> limiters.active().stream())
                .distinct();
    }
}
