package dev.pintle.policy.ratelimit;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The state of one node about a bucket in Redis: the lease, the {@link NodeShare}, and an upper bound of the level.
 *
 * <p>The node sends the upper bound with each call. A Redis that lost its data, or whose clock jumped, therefore grants
 * no extra tokens. Used under the lock of the bucket.
 */
final class DistributedBucketState {
    private static final int LEASES_PER_BURST = 100;
    private static final int LIVES_PER_FILL = 200;
    private static final long MAX_LIFE = TimeUnit.SECONDS.toNanos(1);

    /** The time without calls for a bucket after a failed one. Redis stays available, because other shards may work. */
    private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(500);

    private final RedisBackend backend;
    private final TokenLevel mirror;
    private final NodeShare share;
    private final TokenLease lease = new TokenLease();
    private long lastTime;
    private long refuseUntil;
    private @Nullable Rate refusedAt;
    private long localUntil;

    /**
     * Creates the state before the first call.
     *
     * @param mirror the upper bound of the level
     */
    DistributedBucketState(RedisBackend backend, TokenLevel mirror, NodeShare share) {
        this.backend = backend;
        this.mirror = mirror;
        this.share = share;
        this.refuseUntil = backend.ticker().nanos();
        this.localUntil = refuseUntil;
    }

    Stock stock(LimitTerms terms, long now) {
        if (lease.hasToken(now)) {
            return Stock.READY;
        }
        if (isLocal(now)) {
            return switch (terms.onRedisFailure()) {
                case ALLOW -> Stock.READY;
                case DENY -> Stock.EMPTY;
                case SPLIT -> share(terms, now).hasToken() ? Stock.READY : Stock.EMPTY;
            };
        }
        // A refusal at one rate does not apply to another.
        boolean refused = now - refuseUntil < 0 && terms.rate().equals(refusedAt);
        return refused ? Stock.EMPTY : Stock.UNKNOWN;
    }

    RateLimitDecision spend(LimitTerms terms, long now) {
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

    RateLimitDecision refuse(LimitTerms terms, long now) {
        return isLocal(now)
                ? new RateLimitDecision(false, 0, share(terms, now).nanosToNext(now), true)
                : new RateLimitDecision(false, 0, refuseUntil - now, false);
    }

    void putBack(RateLimitDecision spent) {
        if (spent.local()) {
            share.putBack();
            mirror.putBack();
        } else {
            lease.putBack();
        }
    }

    /** Prepares a call to Redis, which also returns the rest of the lease. */
    LeaseRequest request(BucketAddress address, LimitTerms terms, long now, boolean take) {
        Rate rate = terms.rate();
        long wanted = take ? lease.next(now, Math.max(1, rate.burst() / LEASES_PER_BURST)) : 0;
        long returned = lease.giveBack(now);
        mirror.advance(rate, now);
        long max = mirror.tokensRoundedUp() + returned;
        return new LeaseRequest(
                address, rate, wanted, returned, share.unsettled(), max, share.extrapolated(rate, now, max), lastTime);
    }

    void succeeded(LeaseRequest request, LeaseResult result, LimitTerms terms, long now) {
        Rate rate = terms.rate();
        // Uses the time before the call, so that the mirror stays an upper bound.
        mirror.set(rate, result.left(), result.nanosToNext(), now);
        share.settle();
        lastTime = result.time();
        localUntil = now;
        long life = Math.clamp(rate.nanosFor(rate.full()) / LIVES_PER_FILL, 1, MAX_LIFE);
        if (result.granted() > 0) {
            lease.renew(result.granted(), now, life);
        } else if (request.wanted() > 0 && result.left() < 1) {
            // With leases, some tokens may accumulate before the next one.
            boolean leases = rate.burst() >= 2 * LEASES_PER_BURST;
            refuseUntil = now + Math.max(Math.max(1, result.nanosToNext()), leases ? life / 4 : 0);
            refusedAt = rate;
        }
    }

    void failed(long now) {
        localUntil = now + PAUSE_AFTER_FAILURE;
    }

    /** Returns the level that this node currently enforces. */
    TokenLevel enforced(LimitTerms terms, long now) {
        mirror.advance(terms.rate(), now);
        return isLocal(now) ? share(terms, now) : mirror;
    }

    void fill(LimitTerms terms, long now) {
        mirror.advance(terms.rate(), now);
        mirror.fill();
        share.reset();
        refuseUntil = now;
    }

    /** Returns whether the bucket is full and Redis knows about all spent tokens. */
    boolean isFull(LimitTerms terms, long now) {
        mirror.advance(terms.rate(), now);
        return lease.tokens() == 0 && mirror.isFull() && share.unsettled() == 0;
    }

    private boolean isLocal(long now) {
        return now - localUntil < 0 || !backend.redis().isAvailable();
    }

    private TokenLevel share(LimitTerms terms, long now) {
        Rate rate = terms.rate();
        mirror.advance(rate, now);
        // In allow mode, all requests count against the whole bucket.
        boolean whole = terms.onRedisFailure() == RedisFailureMode.ALLOW;
        return share.level(whole ? rate : rate.share(backend.nodes().getAsInt()), mirror, now);
    }
}
