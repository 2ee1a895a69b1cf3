package dev.pintle.policy.ratelimit;

import java.time.Duration;

/**
 * How fast a bucket refills and how much it holds. All numbers are whole: however often a bucket is asked, rounding neither loses nor
 * gains anything.
 *
 * <p>Levels are counted in units so small that each tick brings a whole number of them, and each token is a whole number of them. A tick
 * is a nanosecond, or as few of them as keep a full bucket within a {@code long}. Rounding then costs less than a billionth, and favors
 * the limit.
 *
 * @param permits tokens that a period brings
 * @param period in nanoseconds
 * @param burst tokens of a full bucket
 * @param token units in a token
 * @param refill units that a tick brings
 * @param tick in nanoseconds
 */
record Rate(long permits, long period, long burst, long token, long refill, long tick) {
    private static final long MOST_UNITS = Long.MAX_VALUE / 2;
    private static final long LONGEST_PERIOD = Long.MAX_VALUE / 2;

    static Rate of(long permits, Duration per, long burst) {
        return of(permits, per.toNanos(), burst);
    }

    private static Rate of(long permits, long period, long burst) {
        long tick = 1;
        while (true) {
            long ticks = Math.ceilDiv(period, tick);
            long divisor = greatestCommonDivisor(ticks, permits);
            if (ticks / divisor <= MOST_UNITS / burst) {
                return new Rate(permits, period, burst, ticks / divisor, permits / divisor, tick);
            }
            tick <<= 1;
        }
    }

    /** The share of one of so many nodes. Its burst is at least one token. */
    Rate share(int nodes) {
        long shared = period < LONGEST_PERIOD / nodes ? period * nodes : LONGEST_PERIOD;
        return of(permits, shared, Math.max(1, burst / nodes));
    }

    /** Units of a full bucket. */
    long full() {
        return burst * token;
    }

    /** Units that so many nanoseconds bring. They must bring no more than fills two buckets. */
    long unitsIn(long nanos) {
        return nanos / tick * refill;
    }

    /** The nanoseconds that bring so many units. */
    long nanosFor(long units) {
        return Math.ceilDiv(units, refill) * tick;
    }

    /** The level that fills the same part of a bucket of this rate as the given one fills at the other rate. */
    long inProportion(long level, Rate other) {
        return Math.min((long) (level / (double) other.full() * full()), full());
    }

    private static long greatestCommonDivisor(long one, long other) {
        return other == 0 ? one : greatestCommonDivisor(other, one % other);
    }
}
