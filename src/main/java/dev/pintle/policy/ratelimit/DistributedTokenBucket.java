package dev.pintle.policy.ratelimit;

import dev.pintle.redis.Redis;
import dev.pintle.time.Ticker;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bucket that all nodes draw from, in Redis. The node takes small leases out of it, so that a hot bucket does not cost a
 * call a request; knows the most that can be left in it, and tells Redis with each call, so that neither a Redis that lost
 * its memory nor one whose clock leapt gives anything away; and goes on alone while Redis is away, with its part of what was
 * left.
 *
 * <p>In any stretch of time the nodes together let pass what a bucket would, and at most 1 % of its burst more: leases live
 * as long as a two-hundredth of the bucket takes to fill, and their rests go back no later than twice that.
 */
final class DistributedTokenBucket implements Bucket {
    private static final int LEASES_IN_A_BURST = 100;
    private static final int LIVES_IN_A_FILLING = 200;
    private static final long LONGEST_LIFE = TimeUnit.SECONDS.toNanos(1);

    /** How long Redis is not asked again about a bucket for which it failed: others may be on a shard that is well. */
    private static final long ALONE = TimeUnit.MILLISECONDS.toNanos(500);

    private final String name;
    private final TokenBucket mirror;
    private final TokenBucket own;
    private final Redis redis;
    private final IntSupplier nodes;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final TokenLease lease = new TokenLease();
    private boolean retired;
    private long refuseUntil;
    private @Nullable Rate refusedAt;
    private long aloneUntil;

    /**
     * A bucket of which nothing is known but what the mirror holds.
     *
     * @param name in Redis
     * @param mirror the most that can be left
     * @param own what the node draws from while Redis is away; may be the mirror
     */
    DistributedTokenBucket(
            String name, TokenBucket mirror, TokenBucket own, Redis redis, IntSupplier nodes, Ticker ticker) {
        this.name = name;
        this.mirror = mirror;
        this.own = own;
        this.redis = redis;
        this.nodes = nodes;
        this.ticker = ticker;
        this.refuseUntil = ticker.nanos();
        this.aloneUntil = refuseUntil;
    }

    @Override
    public @Nullable RateLimitDecision take(Rate rate, long any) {
        lock.lock();
        try {
            // Read behind the lock: a lease may have come, or ended, while this thread waited.
            long now = ticker.nanos();
            if (retired) {
                return null;
            }
            if (lease.spend(now)) {
                return passed(rate, now);
            }
            if (!redis.isAvailable() || now - aloneUntil < 0) {
                return alone(rate, now);
            }
            // What was refused at one rate may pass at another.
            if (now - refuseUntil < 0 && rate.equals(refusedAt)) {
                return new RateLimitDecision(false, 0, refuseUntil - now, false);
            }
            return asked(rate, now);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable RateLimitDecision asked(Rate rate, long now) {
        long most = Math.max(1, rate.burst() / LEASES_IN_A_BURST);
        long life = Math.min(LONGEST_LIFE, rate.nanosFor(rate.full()) / LIVES_IN_A_FILLING);
        LeaseResult grant = ask(rate, now, lease.next(now, most));
        if (grant == null) {
            aloneUntil = now + ALONE;
            return alone(rate, now);
        }
        if (grant.granted() == 0) {
            // Where leases are worth it, some tokens may gather before the next one.
            refuseUntil = now + Math.max(grant.nanosToNext(), most > 1 ? life / 4 : 0);
            refusedAt = rate;
            return new RateLimitDecision(false, 0, refuseUntil - now, false);
        }
        lease.renew(grant.granted(), now, life);
        return passed(rate, now);
    }

    /** Asks Redis for tokens, and mirrors what is left; null when it does not answer. */
    private @Nullable LeaseResult ask(Rate rate, long now, long want) {
        long back = lease.giveBack(now);
        Object answer = redis.run(
                TokenBucketScript.SCRIPT,
                List.of(name),
                TokenBucketScript.arguments(rate, want, back, mirror.atMost(rate, now) + back));
        if (answer == null) {
            return null;
        }
        LeaseResult grant = TokenBucketScript.grant(answer);
        // As of before the call: what the mirror holds is never less than what there is.
        mirror.see(rate, grant.left(), grant.nanosToNext(), now);
        return grant;
    }

    private RateLimitDecision passed(Rate rate, long now) {
        BucketLevel left = mirror.level(rate, now);
        return new RateLimitDecision(
                true, left.left() + lease.tokens(), left.untilNext().toNanos(), false);
    }

    private @Nullable RateLimitDecision alone(Rate rate, long now) {
        RateLimitDecision decision = own.take(rate.share(nodes.getAsInt()), now);
        return decision == null
                ? null
                : new RateLimitDecision(decision.allowed(), decision.left(), decision.nanosToNext(), true);
    }

    /** The rate that holds now: alone, the node has its part, and whoever looks must not give it the whole. */
    private Rate held(Rate rate) {
        return !redis.isAvailable() ? rate.share(nodes.getAsInt()) : rate;
    }

    @Override
    public void adopt(Rate rate, long now) {
        mirror.adopt(held(rate), now);
    }

    /** Without what is leased. */
    @Override
    public BucketLevel level(Rate rate, long now) {
        return mirror.level(held(rate), now);
    }

    @Override
    public BucketLevel ask(Rate rate, long now) {
        lock.lock();
        try {
            ask(rate, ticker.nanos(), 0);
            return mirror.level(rate, now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void reset(Rate rate, long now) {
        lock.lock();
        try {
            redis.delete(name);
            mirror.reset(rate, now);
            own.reset(rate, now);
            refuseUntil = now;
        } finally {
            lock.unlock();
        }
    }

    /** A full mirror says nothing, and what is leased would be lost. */
    @Override
    public boolean retire(Rate rate, long now) {
        // Whoever sweeps does not wait for a call.
        if (!lock.tryLock()) {
            return false;
        }
        try {
            retired = lease.tokens() == 0 && mirror.isFull(held(rate), now);
            return retired;
        } finally {
            lock.unlock();
        }
    }
}
