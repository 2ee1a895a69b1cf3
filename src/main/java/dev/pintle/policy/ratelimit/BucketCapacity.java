package dev.pintle.policy.ratelimit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many buckets a node keeps. A rate limit may keep no more buckets than are still free. So a limit whose keys are flooded takes
 * half of the capacity at most, and leaves some for the others. Safe for all threads.
 */
final class BucketCapacity {
    private final int max;
    private final AtomicInteger taken = new AtomicInteger();

    BucketCapacity(int max) {
        this.max = max;
    }

    /**
     * Takes the place of one more bucket, if there is one.
     *
     * @param held buckets that the rate limit has already
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
