package dev.pintle.policy.ratelimit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the number of buckets on a node. A rate limit may hold at most as many buckets as are free. A limit that is
 * flooded with keys therefore uses at most half of the capacity. Safe for all threads.
 */
final class BucketCapacity {
    private final int max;
    private final AtomicInteger taken = new AtomicInteger();

    BucketCapacity(int max) {
        this.max = max;
    }

    /**
     * Reserves capacity for one bucket, if available.
     *
     * @param held the number of buckets that the rate limit holds already
     */
    boolean take(int held) {
        int before = taken.get();
        while (held < max - before) {
            if (taken.compareAndSet(before, before + 1)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    void release() {
        taken.decrementAndGet();
    }

    int taken() {
        return taken.get();
    }
}
