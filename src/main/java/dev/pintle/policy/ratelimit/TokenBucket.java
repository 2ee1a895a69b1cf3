package dev.pintle.policy.ratelimit;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A token bucket in this process. Safe for all threads. */
final class TokenBucket implements Bucket {
    private final ReentrantLock lock = new ReentrantLock();
    private final TokenLevel level;
    private final long order;
    private boolean retired;

    /**
     * Creates a bucket.
     *
     * @param order see {@link LockOrder}
     */
    TokenBucket(TokenLevel level, long order) {
        this.level = level;
        this.order = order;
    }

    @Override
    public long order() {
        return order;
    }

    @Override
    public @Nullable RateLimitDecision take(LimitTerms terms, long now) {
        lock.lock();
        try {
            if (retired) {
                return null;
            }
            return stock(terms, now) == Stock.READY ? spend(terms, now) : refuse(terms, now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean lock() {
        lock.lock();
        if (retired) {
            lock.unlock();
            return false;
        }
        return true;
    }

    @Override
    public void unlock() {
        lock.unlock();
    }

    @Override
    public Stock stock(LimitTerms terms, long now) {
        level.advance(terms.rate(), now);
        return level.hasToken() ? Stock.READY : Stock.EMPTY;
    }

    @Override
    public RateLimitDecision spend(LimitTerms terms, long now) {
        level.take();
        return new RateLimitDecision(true, level.tokens(), level.nanosToNext(now), false);
    }

    @Override
    public RateLimitDecision refuse(LimitTerms terms, long now) {
        return new RateLimitDecision(false, 0, level.nanosToNext(now), false);
    }

    @Override
    public void putBack(RateLimitDecision spent) {
        level.putBack();
    }

    @Override
    public void adopt(LimitTerms terms, long now) {
        lock.lock();
        try {
            level.advance(terms.rate(), now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public BucketLevel level(LimitTerms terms, long now) {
        lock.lock();
        try {
            level.advance(terms.rate(), now);
            return level.read(now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public BucketLevel sharedLevel(LimitTerms terms, long now) {
        return level(terms, now);
    }

    @Override
    public void reset(LimitTerms terms, long now) {
        lock.lock();
        try {
            level.advance(terms.rate(), now);
            level.fill();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean retire(LimitTerms terms, long now) {
        // The caller may hold the locks of other buckets.
        if (lock.isHeldByCurrentThread() || !lock.tryLock()) {
            return false;
        }
        try {
            level.advance(terms.rate(), now);
            retired = level.isFull();
            return retired;
        } finally {
            lock.unlock();
        }
    }

    /** Returns a copy of the level, for a bucket that continues this one. */
    TokenLevel copy() {
        lock.lock();
        try {
            return level.copy();
        } finally {
            lock.unlock();
        }
    }

    /** Guards the {@link #contents}. */
    ReentrantLock mutex() {
        return lock;
    }

    TokenLevel contents() {
        return level;
    }
}
