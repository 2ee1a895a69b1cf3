package dev.pintle.time;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends operations that take too long, on one thread per node. Socket time-outs bound neither a slow head nor a blocked
 * write, so every operation that can block on a peer has a timer here. Safe for all threads.
 *
 * <p>A round checks every timer, and takes 10 ms, or 10 µs a timer if that is longer. A timer expires up to one round late, and registering
 * needs no queue.
 */
public final class Watchdog implements AutoCloseable {
    private static final long MIN_ROUND_NANOS = Duration.ofMillis(10).toNanos();

    /** Bounds the CPU time of the rounds: 10,000 timers are checked ten times a second. */
    private static final long ROUND_NANOS_PER_TIMER = 10_000;

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
            int timers = 0;
            for (WatchdogTimer watch : watches) {
                watch.check(now);
                timers++;
            }
            LockSupport.parkNanos(roundNanos(timers));
        }
    }

    static long roundNanos(int timers) {
        return Math.max(MIN_ROUND_NANOS, timers * ROUND_NANOS_PER_TIMER);
    }
}
