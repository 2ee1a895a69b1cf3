package dev.pintle.policy.ratelimit;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bucket in Redis that all nodes share. The node takes small leases from it, so that a busy bucket needs less than
 * one call per request. While Redis is unavailable, the node enforces its {@link NodeShare} and reports the spent tokens
 * with the next call.
 *
 * <p>While Redis is available, the nodes together admit the requests of one bucket plus at most 1 % of its burst. A
 * lease is valid for 1/200 of the time that fills the bucket, and its rest returns within twice that time. Safe for all
 * threads.
 */
final class DistributedTokenBucket implements Bucket {
    private final BucketAddress address;
    private final RedisBackend backend;
    private final ReentrantLock lock;
    private final long order;
    private final DistributedBucketState state;
    private boolean retired;

    /**
     * Creates a bucket with its upper bound only.
     *
     * @param order see {@link LockOrder}
     * @param mirror the upper bound of the level
     */
    DistributedTokenBucket(
            BucketAddress address,
            RedisBackend backend,
            ReentrantLock lock,
            long order,
            TokenLevel mirror,
            NodeShare share) {
        this.address = address;
        this.backend = backend;
        this.lock = lock;
        this.order = order;
        this.state = new DistributedBucketState(backend, mirror, share);
    }

    @Override
    public @Nullable RateLimitDecision take(LimitTerms terms, long ignored) {
        lock.lock();
        try {
            if (retired) {
                return null;
            }
            // Read after locking: a lease can start or end while this thread waits.
            long now = backend.ticker().nanos();
            Stock stock = stock(terms, now);
            if (stock == Stock.UNKNOWN) {
                ask(terms, now, true);
                stock = stock(terms, now);
            }
            return stock == Stock.READY ? spend(terms, now) : refuse(terms, now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long order() {
        return order;
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
        return state.stock(terms, now);
    }

    @Override
    public RateLimitDecision spend(LimitTerms terms, long now) {
        return state.spend(terms, now);
    }

    @Override
    public RateLimitDecision refuse(LimitTerms terms, long now) {
        return state.refuse(terms, now);
    }

    @Override
    public void putBack(RateLimitDecision spent) {
        state.putBack(spent);
    }

    BucketAddress address() {
        return address;
    }

    RedisBackend backend() {
        return backend;
    }

    /**
     * Prepares a call to Redis, which also returns the rest of the lease. Requires the lock.
     *
     * @param take whether to take tokens, or only to read
     */
    LeaseRequest request(LimitTerms terms, long now, boolean take) {
        return state.request(address, terms, now, take);
    }

    /** Applies the response of Redis. Requires the lock. */
    void succeeded(LeaseRequest request, LeaseResult result, LimitTerms terms, long now) {
        state.succeeded(request, result, terms, now);
    }

    /** Records a failed call to Redis. Requires the lock. */
    void failed(long now) {
        state.failed(now);
    }

    private void ask(LimitTerms terms, long now, boolean take) {
        LeaseRequest request = request(terms, now, take);
        List<LeaseResult> results = TokenBucketScript.run(backend.redis(), List.of(request));
        if (results == null) {
            failed(backend.ticker().nanos());
        } else {
            succeeded(request, results.getFirst(), terms, now);
        }
    }

    @Override
    public void adopt(LimitTerms terms, long ignored) {
        // A bucket in use adopts the rate with its next request.
        if (lock.tryLock()) {
            try {
                state.enforced(terms, backend.ticker().nanos());
            } finally {
                lock.unlock();
            }
        }
    }

    /** Excludes the tokens of the lease. */
    @Override
    public BucketLevel level(LimitTerms terms, long ignored) {
        lock.lock();
        try {
            long now = backend.ticker().nanos();
            return state.enforced(terms, now).read(now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public BucketLevel sharedLevel(LimitTerms terms, long ignored) {
        lock.lock();
        try {
            long now = backend.ticker().nanos();
            ask(terms, now, false);
            return state.enforced(terms, now).read(now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void reset(LimitTerms terms, long ignored) {
        lock.lock();
        try {
            long now = backend.ticker().nanos();
            backend.redis().delete(address.toString());
            state.fill(terms, now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean retire(LimitTerms terms, long ignored) {
        // The caller must not wait for a call to Redis, and may hold the locks of other buckets.
        if (lock.isHeldByCurrentThread() || !lock.tryLock()) {
            return false;
        }
        try {
            retired = state.isFull(terms, backend.ticker().nanos());
            return retired;
        } finally {
            lock.unlock();
        }
    }
}
