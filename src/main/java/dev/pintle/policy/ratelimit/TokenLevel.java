package dev.pintle.policy.ratelimit;

import java.time.Duration;

/**
 * The level of a token bucket, which rises evenly until the bucket is full. Times are readings of one ticker, in
 * nanoseconds. A reading is valid for the time of the last {@link #advance}. Not thread-safe.
 */
final class TokenLevel {
    private Rate rate;
    private long units;
    private long filledAt;

    /** Creates the level of a full bucket. */
    TokenLevel(Rate rate, long now) {
        this(rate, rate.full(), now);
    }

    private TokenLevel(Rate rate, long units, long filledAt) {
        this.rate = rate;
        this.units = units;
        this.filledAt = filledAt;
    }

    TokenLevel copy() {
        return new TokenLevel(rate, units, filledAt);
    }

    /** Adds the tokens since the last call. A new rate keeps the level in proportion to the full bucket. */
    void advance(Rate current, long now) {
        fill(now);
        if (!rate.equals(current)) {
            units = current.inProportion(units, rate);
            rate = current;
        }
    }

    /** Sets the level to a reading of another counter of the same bucket. */
    void set(Rate current, long tokens, long nanosToNext, long now) {
        rate = current;
        filledAt = now;
        units = tokens == current.burst()
                ? current.full()
                : (Math.max(tokens, 0) + 1) * current.token() - current.unitsIn(nanosToNext);
    }

    boolean hasToken() {
        return units >= rate.token();
    }

    /** Takes a token, or the rest of one. */
    void take() {
        units = Math.max(units - rate.token(), Math.min(units, 0));
    }

    /** Returns a token, up to the size of the bucket. */
    void putBack() {
        units = Math.min(units + rate.token(), rate.full());
    }

    void fill() {
        units = rate.full();
    }

    boolean isFull() {
        return units == rate.full();
    }

    /** Whole tokens. */
    long tokens() {
        return Math.max(units, 0) / rate.token();
    }

    /** Returns whole tokens, including the incomplete one. */
    long tokensRoundedUp() {
        return Math.ceilDiv(Math.max(units, 0), rate.token());
    }

    /** Returns the whole tokens until the bucket is full, including the incomplete one. */
    long missing() {
        return Math.ceilDiv(rate.full() - units, rate.token());
    }

    /** Returns the time until the next whole token. */
    long nanosToNext(long now) {
        long needed = units < 0 ? rate.token() - units : rate.token() - units % rate.token();
        return rate.nanosFor(needed) - (now - filledAt);
    }

    BucketLevel read(long now) {
        return new BucketLevel(tokens(), rate.burst(), isFull() ? Duration.ZERO : Duration.ofNanos(nanosToNext(now)));
    }

    private void fill(long now) {
        long ticks = (now - filledAt) / rate.tick();
        if (ticks > (rate.full() - units) / rate.refill()) {
            units = rate.full();
            filledAt = now;
        } else if (ticks > 0) {
            units += ticks * rate.refill();
            filledAt += ticks * rate.tick();
        }
    }
}
