package dev.pintle.policy.ratelimit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A bucket that a request draws from, with the decision. Used by one thread. */
final class Draw {
    private final int limit;
    private final RouteRateLimiter limiter;
    private final String key;
    private final LimitTerms terms;
    private Bucket bucket;
    private boolean locked;
    private Stock stock = Stock.UNKNOWN;
    private @Nullable RateLimitDecision decision;

    /**
     * Creates a draw.
     *
     * @param limit the index of the limit in the route
     */
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

    /** Returns the bucket as one in Redis. Only those can have an unknown stock. */
    DistributedTokenBucket distributed() {
        return (DistributedTokenBucket) bucket;
    }

    RateLimitDecision decision() {
        return Objects.requireNonNull(decision);
    }

    /**
     * Locks the bucket.
     *
     * @return false if the bucket is retired; the draw then has the new bucket, which is not locked
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

    /** Returns the token if one was spent. Requires that the draw is not locked. */
    void putBack() {
        if (decision != null && decision.allowed() && bucket.lock()) {
            try {
                bucket.putBack(decision);
            } finally {
                bucket.unlock();
            }
        }
    }

    /** Returns the remaining part of the bucket, 0 to 1. */
    double partLeft() {
        return decision().left() / (double) terms.rate().burst();
    }
}
