package dev.pintle.policy.ratelimit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many buckets a node keeps. A route may hold no more than what is still free, so that one whose keys are flooded takes
 * half of the space at most, and always leaves some for the others. Safe for all threads.
 */
final class BucketCapacity {
    private final int most;
    private final AtomicInteger taken = new AtomicInteger();

    BucketCapacity(int most) {
        this.most = most;
    }

    /** Takes the place of one more bucket for a route that holds so many, if there is one. */
    boolean take(int held) {
        int before = taken.get();
        while (held < most - before) {
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
