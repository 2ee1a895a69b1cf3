package dev.pintle.policy.ratelimit;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bucket in Redis that all nodes draw from. The node takes small leases out of it, so that a busy bucket does not cost a call a
 * request. It knows the most tokens that the bucket can have, and tells Redis with each call: neither a Redis that lost its memory
 * nor one whose clock jumped gives tokens away. While Redis is unavailable, the node enforces its {@link NodeShare}, and settles
 * what it has spent with the next call.
 *
 * <p>While Redis answers, the nodes together admit what one bucket would, plus at most 1 % of its burst. Leases live for 1/200 of
 * the time that fills the bucket, and their rest returns within twice that time. Safe for all threads.
 */
final class DistributedTokenBucket implements Bucket {
    private static final int LEASES_IN_A_BURST = 100;
    private static final int LIVES_IN_A_FILLING = 200;
    private static final long LONGEST_LIFE = TimeUnit.SECONDS.toNanos(1);

    /** How long the node does not ask again for a bucket after a failed call: other shards may be fine, so Redis stays available. */
    private static final long HOLD_OFF = TimeUnit.MILLISECONDS.toNanos(500);

    private final BucketAddress address;
    private final RedisBackend backend;
    private final ReentrantLock lock;
    private final long order;
    private final TokenLevel mirror;
    private final NodeShare share;
    private final TokenLease lease = new TokenLease();
    private boolean retired;
    private long seen;
    private long refuseUntil;
    private @Nullable Rate refusedAt;
    private long aloneUntil;

    /**
     * Creates a bucket of which the node knows nothing but the mirror.
     *
     * @param order see {@link LockOrder}
     * @param mirror the most tokens that the bucket can have
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
        this.mirror = mirror;
        this.share = share;
        this.refuseUntil = backend.ticker().nanos();
        this.aloneUntil = refuseUntil;
    }

    @Override
    public @Nullable RateLimitDecision take(LimitTerms terms, long any) {
        lock.lock();
        try {
            if (retired) {
                return null;
            }
            // Read behind the lock: a lease may have come, or ended, while this thread waited.
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
        if (lease.hasToken(now)) {
            return Stock.READY;
        }
        if (isAlone(now)) {
            return switch (terms.onRedisFailure()) {
                case ALLOW -> Stock.READY;
                case DENY -> Stock.EMPTY;
                case SPLIT -> share(terms, now).hasToken() ? Stock.READY : Stock.EMPTY;
            };
        }
        // What was refused at one rate may pass at another.
        boolean refused = now - refuseUntil < 0 && terms.rate().equals(refusedAt);
        return refused ? Stock.EMPTY : Stock.UNKNOWN;
    }

    @Override
    public RateLimitDecision spend(LimitTerms terms, long now) {
        mirror.advance(terms.rate(), now);
        if (lease.hasToken(now)) {
            lease.spend();
            return new RateLimitDecision(true, mirror.tokens() + lease.tokens(), mirror.nanosToNext(now), false);
        }
        TokenLevel own = share(terms, now);
        share.spend(own);
        mirror.take();
        return new RateLimitDecision(true, own.tokens(), own.nanosToNext(now), true);
    }

    @Override
    public RateLimitDecision refuse(LimitTerms terms, long now) {
        return isAlone(now)
                ? new RateLimitDecision(false, 0, share(terms, now).nanosToNext(now), true)
                : new RateLimitDecision(false, 0, refuseUntil - now, false);
    }

    @Override
    public void putBack(RateLimitDecision spent) {
        if (spent.alone()) {
            share.putBack();
            mirror.putBack();
        } else {
            lease.putBack();
        }
    }

    BucketAddress address() {
        return address;
    }

    RedisBackend backend() {
        return backend;
    }

    /**
     * Prepares a call to Redis. The rest of the lease goes back with it. Requires the lock.
     *
     * @param take whether to take tokens, or only to read
     */
    LeaseRequest request(LimitTerms terms, long now, boolean take) {
        Rate rate = terms.rate();
        long want = take ? lease.next(now, Math.max(1, rate.burst() / LEASES_IN_A_BURST)) : 0;
        long back = lease.giveBack(now);
        mirror.advance(rate, now);
        long most = mirror.tokensRoundedUp() + back;
        return new LeaseRequest(
                address, rate, want, back, share.unsettled(), most, share.extrapolated(rate, now, most), seen);
    }

    /** Redis has answered. Requires the lock. */
    void answered(LeaseRequest request, LeaseResult result, LimitTerms terms, long now) {
        Rate rate = terms.rate();
        // As of before the call: the mirror never shows less than there is.
        mirror.set(rate, result.left(), result.nanosToNext(), now);
        share.settle();
        seen = result.time();
        aloneUntil = now;
        long life = Math.clamp(rate.nanosFor(rate.full()) / LIVES_IN_A_FILLING, 1, LONGEST_LIFE);
        if (result.granted() > 0) {
            lease.renew(result.granted(), now, life);
        } else if (request.want() > 0 && result.left() < 1) {
            // Where leases are worth it, some tokens may gather before the next one.
            boolean leases = rate.burst() >= 2 * LEASES_IN_A_BURST;
            refuseUntil = now + Math.max(Math.max(1, result.nanosToNext()), leases ? life / 4 : 0);
            refusedAt = rate;
        }
    }

    /** Redis has not answered, or answered with an error. Requires the lock. */
    void failed(long now) {
        aloneUntil = now + HOLD_OFF;
    }

    private void ask(LimitTerms terms, long now, boolean take) {
        LeaseRequest request = request(terms, now, take);
        List<LeaseResult> results = TokenBucketScript.run(backend.redis(), List.of(request));
        if (results == null) {
            failed(backend.ticker().nanos());
        } else {
            answered(request, results.getFirst(), terms, now);
        }
    }

    private boolean isAlone(long now) {
        return now - aloneUntil < 0 || !backend.redis().isAvailable();
    }

    private TokenLevel share(LimitTerms terms, long now) {
        Rate rate = terms.rate();
        mirror.advance(rate, now);
        // Where all requests pass, they count in full.
        boolean whole = terms.onRedisFailure() == RedisFailureMode.ALLOW;
        return share.level(whole ? rate : rate.share(backend.nodes().getAsInt()), mirror, now);
    }

    @Override
    public void adopt(LimitTerms terms, long any) {
        // A bucket that is in use adopts the rate when it is used next.
        if (lock.tryLock()) {
            try {
                known(terms, backend.ticker().nanos());
            } finally {
                lock.unlock();
            }
        }
    }

    /** Without the tokens of the lease. */
    @Override
    public BucketLevel level(LimitTerms terms, long any) {
        lock.lock();
        try {
            long now = backend.ticker().nanos();
            return known(terms, now).read(now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public BucketLevel sharedLevel(LimitTerms terms, long any) {
        lock.lock();
        try {
            long now = backend.ticker().nanos();
            ask(terms, now, false);
            return known(terms, now).read(now);
        } finally {
            lock.unlock();
        }
    }

    /** What this node goes by now. */
    private TokenLevel known(LimitTerms terms, long now) {
        mirror.advance(terms.rate(), now);
        return isAlone(now) ? share(terms, now) : mirror;
    }

    @Override
    public void reset(LimitTerms terms, long any) {
        lock.lock();
        try {
            long now = backend.ticker().nanos();
            backend.redis().delete(address.toString());
            mirror.advance(terms.rate(), now);
            mirror.fill();
            share.reset();
            refuseUntil = now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean retire(LimitTerms terms, long any) {
        // The caller must not wait for a call to Redis, and may hold the locks of other buckets.
        if (lock.isHeldByCurrentThread() || !lock.tryLock()) {
            return false;
        }
        try {
            mirror.advance(terms.rate(), backend.ticker().nanos());
            retired = lease.tokens() == 0 && mirror.isFull() && share.unsettled() == 0;
            return retired;
        } finally {
            lock.unlock();
        }
    }
}
