package dev.pintle.policy.ratelimit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One of the buckets that a request draws from, and what came of it. Used by one thread. */
final class Draw {
    private final int limit;
    private final RouteRateLimiter limiter;
    private final String key;
    private final LimitTerms terms;
    private Bucket bucket;
    private boolean locked;
    private Stock stock = Stock.UNKNOWN;
    private @Nullable RateLimitDecision decision;

    /** @param limit the place of the limit among those of the route */
    Draw(int limit, RouteRateLimiter limiter, String key) {
        this.limit = limit;
        this.limiter = limiter;
        this.key = key;
        this.terms = limiter.terms();
        this.bucket = limiter.bucket(key);
    }

    int limit() {
        return limit;
    }

    RouteRateLimiter limiter() {
        return limiter;
    }

    LimitTerms terms() {
        return terms;
    }

    Stock stock() {
        return stock;
    }

    long order() {
        return bucket.order();
    }

    /** The bucket in Redis: only there can the stock be unknown. */
    DistributedTokenBucket distributed() {
        return (DistributedTokenBucket) bucket;
    }

    RateLimitDecision decision() {
        return Objects.requireNonNull(decision);
    }

    /**
     * Locks the bucket.
     *
     * @return false if the bucket is retired; the draw has a new one then, which is not locked
     */
    boolean lock() {
        locked = bucket.lock();
        if (!locked) {
            limiter.forget(key, bucket);
            bucket = limiter.bucket(key);
        }
        return locked;
    }

    void unlock() {
        if (locked) {
            bucket.unlock();
            locked = false;
        }
    }

    void check(long now) {
        stock = bucket.stock(terms, now);
    }

    void spend(long now) {
        if (decision == null) {
            decision = bucket.spend(terms, now);
        }
    }

    void refuse(long now) {
        decision = bucket.refuse(terms, now);
    }

    /** Puts back the token if one was spent. The draw must not be locked. */
    void putBack() {
        if (decision != null && decision.allowed() && bucket.lock()) {
            try {
                bucket.putBack(decision);
            } finally {
                bucket.unlock();
            }
        }
    }

    /** The part of the bucket that is left. */
    double partLeft() {
        return decision().left() / (double) terms.rate().burst();
    }
}
