package dev.pintle.policy.ratelimit;

import dev.pintle.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * The limit of one route on this node: the settings, the buckets, and how many requests passed. It belongs to the route's
 * id, and outlives tables and even the limit itself, so that a limit that is taken away and given back is not refilled by
 * that. Safe for all threads.
 */
final class RouteRateLimiter {
    private static final int SHOWN = 8;
    private static final RateLimitDecision ALONE = new RateLimitDecision(false, 0, 0, true);

    private final String route;
    private final BucketCache buckets;
    private final BooleanSupplier redisIsAway;
    private final Ticker ticker;
    private final LongAdder allowed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile RateLimitSettings settings;
    private volatile Rate rate;
    private volatile boolean inForce;

    RouteRateLimiter(
            String route, RateLimitSettings settings, BucketCache buckets, BooleanSupplier redisIsAway, Ticker ticker) {
        this.route = route;
        this.settings = settings;
        this.rate = settings.rate();
        this.buckets = buckets;
        this.redisIsAway = redisIsAway;
        this.ticker = ticker;
    }

    /** Puts a limit in force. The buckets stay as full as they are, in proportion. */
    void adopt(RateLimitSettings other) {
        settings = other;
        rate = other.rate();
        inForce = true;
        buckets.forEach((key, bucket) -> bucket.adopt(rate, ticker.nanos()));
    }

    /** Takes the limit out of force. */
    void suspend() {
        inForce = false;
    }

    boolean inForce() {
        return inForce;
    }

    RateLimitDecision take(String key) {
        RedisFailureMode whenAway = settings.whenRedisIsAway();
        // What is refused anyway takes nothing out of the bucket.
        RateLimitDecision decision = whenAway == RedisFailureMode.DENY && redisIsAway.getAsBoolean()
                ? whenAway.applied(ALONE)
                : whenAway.applied(buckets.take(key, rate, ticker.nanos()));
        (decision.allowed() ? allowed : refused).increment();
        return decision;
    }

    /** Whether nothing would be lost with it, as all its buckets are full. */
    boolean isForgettable() {
        buckets.forgetFull(rate, ticker.nanos());
        return buckets.isEmpty();
    }

    RateLimitStatus limit() {
        return new RateLimitStatus(
                route, settings.permits(), settings.per(), settings.key().toString(), allowed.sum(), refused.sum());
    }

    boolean isOfWholeRoute() {
        return settings.key().isOfWholeRoute();
    }

    String bucket(String client) {
        return settings.key().of(client);
    }

    BucketLevel level(String client) {
        return buckets.level(bucket(client), rate, ticker.nanos());
    }

    void reset(String bucket) {
        buckets.reset(bucket, rate, ticker.nanos());
    }

    List<DepletedBucket> drained() {
        List<DepletedBucket> drained = new ArrayList<>();
        buckets.forEach((key, bucket) -> {
            BucketLevel level = bucket.level(rate, ticker.nanos());
            if (level.left() < level.burst()) {
                drained.add(new DepletedBucket(route, shortened(key), level.left(), level.burst()));
            }
        });
        return drained;
    }

    private static String shortened(String key) {
        return key.length() <= SHOWN ? key : key.substring(0, SHOWN) + '…';
    }
}
