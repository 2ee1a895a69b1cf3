package dev.pintle.policy.limit;

import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A ticker that stands still until it is turned. */
final class TurnableTicker implements Ticker {
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanos() {
        return nanos.get();
    }

    void turn(Duration by) {
        nanos.addAndGet(by.toNanos());
    }
}
