package dev.pintle.policy.ratelimit;

import dev.pintle.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One rate limit of a route on this node: its settings, its buckets, and how many requests it admitted. It belongs to the id of the
 * route and the name of the limit. It outlives revisions and even the limit itself, so that a limit that is removed and added again
 * is not refilled. Safe for all threads.
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

    /** Decides a request that draws from one bucket. */
    RateLimitDecision take(String key) {
        RateLimitDecision decision = buckets.take(key, terms, ticker.nanos());
        count(decision.allowed());
        return decision;
    }

    /** Makes room for the bucket of a key. A request that draws from several buckets does this for all of them before it gets any. */
    void makeRoom(String key) {
        buckets.makeRoom(key, terms, ticker.nanos());
    }

    /** The bucket of a key, for a request that draws from several buckets. */
    Bucket bucket(String key) {
        return buckets.of(key, terms, ticker.nanos());
    }

    /** Forgets a retired bucket. */
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

    /** Whether all buckets are full, so that forgetting the limiter loses nothing. */
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
     * The key of a client's bucket.
     *
     * @param client null if only a bucket that all clients share is meant
     * @return null if the limit does not count such a client
     */
    @Nullable
    String key(@Nullable String client) {
        if (client == null) {
            return settings.key() instanceof RouteLimitKey ? RouteLimitKey.BUCKET : null;
        }
        return settings.key().ofClient(client);
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
