package dev.pintle.policy.concurrency;

import java.util.concurrent.atomic.AtomicInteger;

/** How many may be inside at once. Nobody waits for a permit: there is one, or there is none. Safe for all threads. */
public final class ConcurrencyLimiter {
    private final AtomicInteger inUse = new AtomicInteger();
    private volatile int max;

    public ConcurrencyLimiter(int max) {
        this.max = max;
    }

    public int max() {
        return max;
    }

    /** Another bound from now on; whoever is inside stays. */
    public void max(int other) {
        max = other;
    }

    public int inUse() {
        return inUse.get();
    }

    boolean tryAcquire() {
        if (inUse.incrementAndGet() <= max) {
            return true;
        }
        inUse.decrementAndGet();
        return false;
    }

    void release() {
        inUse.decrementAndGet();
    }
}
