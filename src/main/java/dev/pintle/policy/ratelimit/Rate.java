package dev.pintle.policy.ratelimit;

import java.time.Duration;

/**
 * The refill rate and the size of a bucket, as whole numbers. Rounding errors do not accumulate when a bucket is read often.
 *
 * <p>A level counts units. Each tick adds a whole number of units, and each token is a whole number of units. A tick is
 * a nanosecond, or the smallest multiple of it that keeps a full bucket within a {@code long}. The rounding error is
 * below a billionth and favors the limit.
 *
 * @param permits tokens per period
 * @param period in nanoseconds
 * @param burst tokens of a full bucket
 * @param token units per token
 * @param refill units per tick
 * @param tick in nanoseconds
 */
record Rate(long permits, long period, long burst, long token, long refill, long tick) {
    private static final long MAX_UNITS = Long.MAX_VALUE / 2;
    private static final long MAX_PERIOD = Long.MAX_VALUE / 2;

    static Rate of(long permits, Duration per, long burst) {
        return of(permits, per.toNanos(), burst);
    }

    private static Rate of(long permits, long period, long burst) {
        long tick = 1;
        while (true) {
            long ticks = Math.ceilDiv(period, tick);
            long divisor = greatestCommonDivisor(ticks, permits);
            if (ticks / divisor <= MAX_UNITS / burst) {
                return new Rate(permits, period, burst, ticks / divisor, permits / divisor, tick);
            }
            tick <<= 1;
        }
    }

    /** Returns the share of one node. Its burst is at least one token. */
    Rate share(int nodes) {
        long shared = period < MAX_PERIOD / nodes ? period * nodes : MAX_PERIOD;
        return of(permits, shared, Math.max(1, burst / nodes));
    }

    /** Returns the units of a full bucket. */
    long full() {
        return burst * token;
    }

    /** Returns the units that a duration adds. The result must not exceed two full buckets. */
    long unitsIn(long nanos) {
        return nanos / tick * refill;
    }

    /** Returns the nanoseconds that add this many units. */
    long nanosFor(long units) {
        return Math.ceilDiv(units, refill) * tick;
    }

    /** Converts a level of the other rate to this one, in proportion to the full bucket. */
    long inProportion(long level, Rate other) {
        return Math.min((long) (level / (double) other.full() * full()), full());
    }

    private static long greatestCommonDivisor(long one, long other) {
        return other == 0 ? one : greatestCommonDivisor(other, one % other);
    }
}
