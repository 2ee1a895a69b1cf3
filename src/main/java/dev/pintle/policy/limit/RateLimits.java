package dev.pintle.policy.limit;

import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.time.Ticker;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits of a node. What was taken from a bucket belongs to the route's id and the key, not to the revision: a
 * limit that is changed, or taken away and given back, finds its buckets as full as they were. Safe for all threads.
 */
public final class RateLimits {
    /** How many buckets a node keeps unless it is told otherwise: some 50 MiB at most. */
    public static final int MAX_BUCKETS = 200_000;

    private final Ticker ticker;
    private final Space space;
    private final Map<String, Limiter> limiters = new ConcurrentHashMap<>();

    /**
     * Limits that this node enforces alone.
     *
     * @param maxBuckets how many buckets are kept; one that takes part in a flood of keys shares one with others
     */
    public RateLimits(Ticker ticker, Metrics metrics, int maxBuckets) {
        this.ticker = ticker;
        this.space = new Space(maxBuckets);
        metrics.limiterMode(mode());
    }

    /** The policy of a route. The settings hold from now on, also for what is remembered. */
    public synchronized RateLimit policy(String route, RateLimitSettings settings, RouteMetrics metrics) {
        Limiter limiter = limiters.computeIfAbsent(
                route, id -> new Limiter(id, settings, new Buckets(space, (key, local) -> local), ticker));
        limiter.adopt(settings);
        return new RateLimit(limiter, settings, metrics);
    }

    /** The route has no limit, or none any more. */
    public synchronized void off(String route) {
        Limiter limiter = limiters.get(route);
        if (limiter != null) {
            limiter.suspend();
        }
    }

    /** Only these routes exist. The buckets of the others, and of routes without a limit, go once they are full. */
    public synchronized void retain(Set<String> routes) {
        limiters.forEach((route, limiter) -> {
            if (!routes.contains(route)) {
                limiter.suspend();
            }
        });
        limiters.values().removeIf(limiter -> !limiter.inForce() && limiter.isForgettable());
    }

    /** Where requests are counted: {@code redis}, {@code local}, or {@code share} while Redis is away. */
    public String mode() {
        return "local";
    }

    /** The limits in force. */
    public List<Limit> limits() {
        return limiters.values().stream()
                .filter(Limiter::inForce)
                .map(Limiter::limit)
                .sorted(Comparator.comparing(Limit::route))
                .toList();
    }

    /** The buckets with the smallest part left, at most so many. */
    public List<Drained> drained(int most) {
        return limiters.values().stream()
                .filter(Limiter::inForce)
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
    public @Nullable Level level(String route, String client) {
        Limiter limiter = limiters.get(route);
        return limiter == null || !limiter.inForce() ? null : limiter.level(client);
    }

    /**
     * Gives a client its whole burst again.
     *
     * @param client its address, or the value of the header that the limit goes by
     * @return false when the route has no limit
     */
    public boolean reset(String route, String client) {
        Limiter limiter = limiters.get(route);
        if (limiter == null || !limiter.inForce()) {
            return false;
        }
        limiter.reset(client);
        return true;
    }
}
