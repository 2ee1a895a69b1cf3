package dev.pintle.policy.ratelimit;

import java.time.Duration;

/**
 * The level of a token bucket: rises evenly until the bucket is full. Times are readings of one ticker, in nanoseconds. Each
 * reading is valid for the time of the last {@link #advance}. Not safe for several threads.
 */
final class TokenLevel {
    private Rate rate;
    private long units;
    private long filledAt;

    /** The level of a full bucket. */
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

    /** Adds the tokens that have come since the last call. A new rate keeps the level in proportion to the full bucket. */
    void advance(Rate current, long now) {
        fill(now);
        if (!rate.equals(current)) {
            units = current.inProportion(units, rate);
            rate = current;
        }
    }

    /** Sets the level to what another counter of the same bucket has read. */
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

    /** Takes a token, or what is left of one. */
    void take() {
        units = Math.max(units - rate.token(), Math.min(units, 0));
    }

    /** Puts a token back, as far as the bucket holds it. */
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

    /** Whole tokens, with the one that is coming. */
    long tokensRoundedUp() {
        return Math.ceilDiv(Math.max(units, 0), rate.token());
    }

    /** Whole tokens until the bucket is full, with the one that is coming. */
    long missing() {
        return Math.ceilDiv(rate.full() - units, rate.token());
    }

    /** Time until the bucket has one more whole token. */
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
