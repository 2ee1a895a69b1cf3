package dev.pintle.policy.ratelimit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A bucket in this process: tokens fall in at an even rate until it is full. */
final class TokenBucket implements Bucket {
    private Rate rate;
    private long level;
    private long filledAt;
    private boolean retired;

    /** A full bucket. */
    TokenBucket(Rate rate, long now) {
        this(rate, rate.full(), now);
    }

    private TokenBucket(Rate rate, long level, long filledAt) {
        this.rate = rate;
        this.level = level;
        this.filledAt = filledAt;
    }

    /** Another bucket that is as full as this one. */
    synchronized TokenBucket copy() {
        return new TokenBucket(rate, level, filledAt);
    }

    /** Holds so much from now on, as somebody else knows better. */
    synchronized void see(Rate current, long left, long nanosToNext, long now) {
        rate = current;
        filledAt = now;
        level = left == rate.burst() ? rate.full() : (left + 1) * rate.token() - rate.unitsIn(nanosToNext);
    }

    /** Whole tokens, the one that is coming included. */
    synchronized long atMost(Rate current, long now) {
        adopt(current, now);
        return Math.ceilDiv(level, rate.token());
    }

    synchronized boolean isFull(Rate current, long now) {
        adopt(current, now);
        return level == rate.full();
    }

    @Override
    public synchronized @Nullable RateLimitDecision take(Rate current, long now) {
        if (retired) {
            return null;
        }
        adopt(current, now);
        boolean allowed = level >= rate.token();
        if (allowed) {
            level -= rate.token();
        }
        return new RateLimitDecision(allowed, level / rate.token(), nanosToNext(now), false);
    }

    @Override
    public synchronized void adopt(Rate current, long now) {
        fill(now);
        if (!rate.equals(current)) {
            level = current.inProportion(level, rate);
            rate = current;
        }
    }

    @Override
    public synchronized BucketLevel level(Rate current, long now) {
        adopt(current, now);
        return new BucketLevel(
                level / rate.token(),
                rate.burst(),
                level == rate.full() ? Duration.ZERO : Duration.ofNanos(nanosToNext(now)));
    }

    @Override
    public synchronized void reset(Rate current, long now) {
        adopt(current, now);
        level = rate.full();
    }

    @Override
    public synchronized boolean retire(Rate current, long now) {
        retired = isFull(current, now);
        return retired;
    }

    private void fill(long now) {
        long ticks = (now - filledAt) / rate.tick();
        if (ticks > (rate.full() - level) / rate.refill()) {
            level = rate.full();
            filledAt = now;
        } else if (ticks > 0) {
            level += ticks * rate.refill();
            filledAt += ticks * rate.tick();
        }
    }

    private long nanosToNext(long now) {
        long missing = rate.token() - level % rate.token();
        return rate.nanosFor(missing) - (now - filledAt);
    }
}
