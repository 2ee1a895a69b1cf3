package dev.pintle.policy.ratelimit;

import dev.pintle.http.Exchange;
import dev.pintle.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One rate limit of a route on this node: its settings, buckets and counters. It belongs to the route id and the name
 * of the limit, and outlives revisions and the limit itself. A limit that is removed and added again is therefore not
 * refilled. Safe for all threads.
 */
final class RouteRateLimiter {
    private static final int SHOWN_CHARACTERS = 8;

    private final String route;
    private final BucketCache buckets;
    private final Ticker ticker;
    private final LongAdder allowed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile RateLimitSettings settings;
    private volatile LimitTerms terms;

    RouteRateLimiter(String route, RateLimitSettings settings, BucketCache buckets, Ticker ticker) {
        this.route = route;
        this.settings = settings;
        this.terms = settings.terms();
        this.buckets = buckets;
        this.ticker = ticker;
    }

    /** Applies new settings. The buckets keep their levels in proportion. */
    void adopt(RateLimitSettings other) {
        settings = other;
        terms = other.terms();
        buckets.forEach((key, bucket) -> bucket.adopt(terms, ticker.nanos()));
    }

    /** Decides about a request that draws from one bucket. */
    RateLimitDecision take(String key) {
        RateLimitDecision decision = buckets.take(key, terms, ticker.nanos());
        count(decision.allowed());
        return decision;
    }

    /**
     * Evicts full buckets for the bucket of a key. A request with several buckets does this for all of them before it gets the
     * first.
     */
    void evictFor(String key) {
        buckets.evictFor(key, terms, ticker.nanos());
    }

    /** Returns the bucket of a key, for a request with several buckets. */
    Bucket bucket(String key) {
        return buckets.of(key, terms, ticker.nanos());
    }

    /** Removes a retired bucket. */
    void forget(String key, Bucket bucket) {
        buckets.forget(key, bucket);
    }

    LimitTerms terms() {
        return terms;
    }

    /** Counts a request that the limit admitted or refused. */
    void count(boolean admitted) {
        (admitted ? allowed : refused).increment();
    }

    /** Returns whether all buckets are full, so that the limiter has no state. */
    boolean isForgettable() {
        buckets.forgetFull(terms, ticker.nanos());
        return buckets.isEmpty();
    }

    RateLimitStatus status() {
        return new RateLimitStatus(
                route,
                settings.name(),
                settings.permits(),
                settings.per(),
                settings.key().toString(),
                allowed.sum(),
                refused.sum());
    }

    String name() {
        return settings.name();
    }

    /**
     * Returns the key of a client's bucket.
     *
     * @param client null selects only a bucket that all clients share
     * @return null if the limit does not count such a client
     */
    @Nullable
    String key(@Nullable String client) {
        if (client == null) {
            return settings.key() instanceof RouteLimitKey ? RouteLimitKey.BUCKET : null;
        }
        return settings.key().ofClient(client);
    }

    /** Returns the keys of the buckets that a request draws from. */
    List<String> keys(Exchange exchange) {
        return settings.key().of(exchange);
    }

    LimitLevel level(String key) {
        return new LimitLevel(settings.name(), settings.key().toString(), buckets.level(key, terms, ticker.nanos()));
    }

    void reset(String key) {
        buckets.reset(key, terms, ticker.nanos());
    }

    List<DepletedBucket> depleted() {
        List<DepletedBucket> depleted = new ArrayList<>();
        buckets.forEach((key, bucket) -> {
            BucketLevel level = bucket.level(terms, ticker.nanos());
            if (level.left() < level.burst()) {
                depleted.add(new DepletedBucket(route, settings.name(), shorten(key), level.left(), level.burst()));
            }
        });
        return depleted;
    }

    private static String shorten(String key) {
        return key.length() <= SHOWN_CHARACTERS ? key : key.substring(0, SHOWN_CHARACTERS) + '…';
    }
}
