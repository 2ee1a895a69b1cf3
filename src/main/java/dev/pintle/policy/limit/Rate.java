package dev.pintle.policy.limit;

import java.math.BigInteger;
import java.time.Duration;

/**
 * How fast a bucket refills and how much it holds, in whole numbers: however often a bucket is asked, nothing is lost to
 * rounding, nor gained.
 *
 * <p>Levels are counted in units so small that each tick brings a whole number of them, and each token is a whole number
 * of them. A tick is a nanosecond, or as few of them as keep a full bucket within a {@code long}; what is rounded then is
 * less than a billionth, and to the limit's side.
 *
 * @param burst tokens of a full bucket
 * @param token units in a token
 * @param refill units that a tick brings
 * @param tick in nanoseconds
 */
record Rate(long burst, long token, long refill, long tick) {
    private static final long MOST_UNITS = Long.MAX_VALUE / 2;
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    static Rate of(long permits, Duration per, long burst) {
        long nanos = (per.compareTo(LONGEST) < 0 ? per : LONGEST).toNanos();
        long tick = 1;
        while (true) {
            long ticks = Math.ceilDiv(nanos, tick);
            long divisor =
                    BigInteger.valueOf(ticks).gcd(BigInteger.valueOf(permits)).longValueExact();
            if (ticks / divisor <= MOST_UNITS / burst) {
                return new Rate(burst, ticks / divisor, permits / divisor, tick);
            }
            tick <<= 1;
        }
    }

    /** Units of a full bucket. */
    long full() {
        return burst * token;
    }

    /** Nanoseconds until a tick has passed that brings the last of so many units. */
    long nanosFor(long units) {
        return Math.ceilDiv(units, refill) * tick;
    }

    /** The part of a bucket with this rate that equals the part of a bucket with the other. */
    long inProportion(long level, Rate other) {
        return Math.min((long) (level / (double) other.full() * full()), full());
    }
}
