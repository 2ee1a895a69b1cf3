package dev.pintle.time;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends operations that take too long, on one thread per node. Socket time-outs bound neither a slow head nor a blocked
 * write, so every operation that can block on a peer has a timer here. Safe for all threads.
 *
 * <p>Each round of 10 ms checks every timer. A timer expires up to one round late, and registering needs no queue.
 */
public final class Watchdog implements AutoCloseable {
    private static final long ROUND_NANOS = Duration.ofMillis(10).toNanos();

    private final Set<WatchdogTimer> watches = ConcurrentHashMap.newKeySet();
    private final Ticker ticker;
    private final Thread thread;
    private volatile boolean closed;

    public Watchdog(Ticker ticker) {
        this.ticker = ticker;
        this.thread = Thread.ofPlatform().name("watchdog").daemon().start(this::patrol);
    }

    /**
     * Creates a timer without a limit.
     *
     * @param onExpiry run once, on a thread of its own, when the timer expires; must be safe beside the thread that it
     *     unblocks
     */
    public WatchdogTimer watch(Runnable onExpiry) {
        WatchdogTimer watch = new WatchdogTimer(this, onExpiry);
        watches.add(watch);
        return watch;
    }

    /** Stops the checks. Timers no longer expire. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    long now() {
        return ticker.nanos();
    }

    void forget(WatchdogTimer watch) {
        watches.remove(watch);
    }

    private void patrol() {
        while (!closed) {
            long now = ticker.nanos();
            for (WatchdogTimer watch : watches) {
                watch.check(now);
            }
            LockSupport.parkNanos(ROUND_NANOS);
        }
    }
}
