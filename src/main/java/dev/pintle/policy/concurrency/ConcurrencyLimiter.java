package dev.pintle.policy.concurrency;

import dev.pintle.policy.RouteState;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests in flight up to a limit. It never queues a request. Safe for all threads. */
public final class ConcurrencyLimiter implements RouteState {
    private final AtomicInteger inUse = new AtomicInteger();
    private volatile int max;

    public ConcurrencyLimiter(int max) {
        this.max = max;
    }

    public int max() {
        return max;
    }

    /** Changes the limit. Requests in flight continue. */
    public void max(int other) {
        max = other;
    }

    public int inUse() {
        return inUse.get();
    }

    @Override
    public boolean isFresh() {
        return inUse() == 0;
    }

    public boolean tryAcquire() {
        if (inUse.incrementAndGet() <= max) {
            return true;
        }
        inUse.decrementAndGet();
        return false;
    }

    public void release() {
        inUse.decrementAndGet();
    }
}
