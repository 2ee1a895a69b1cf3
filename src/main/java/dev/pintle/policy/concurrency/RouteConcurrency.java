package dev.pintle.policy.concurrency;

import dev.pintle.policy.RouteState;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the exchanges of one route in progress, over all its revisions. Safe for all threads. */
public final class RouteConcurrency implements RouteState {
    private final AtomicInteger exchanges = new AtomicInteger();

    boolean tryAcquire(int max) {
        if (exchanges.incrementAndGet() <= max) {
            return true;
        }
        exchanges.decrementAndGet();
        return false;
    }

    void release() {
        exchanges.decrementAndGet();
    }

    @Override
    public boolean isFresh() {
        return exchanges.get() == 0;
    }
}
