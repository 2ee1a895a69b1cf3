package dev.pintle.time;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread per node that ends what lasts too long. Socket time-outs bound neither a head that drips nor a write that is
 * never taken, so everything that may block on a peer is watched here. Safe for all threads.
 *
 * <p>It looks at every watch once a round of 10 ms: late by at most that, and registering costs no queue.
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
     * Begins to watch, with no limit until one is set.
     *
     * @param onExpiry run once, on a thread of its own, when the watch expires; must be safe to run beside the thread it
     *     frees
     */
    public WatchdogTimer watch(Runnable onExpiry) {
        WatchdogTimer watch = new WatchdogTimer(this, onExpiry);
        watches.add(watch);
        return watch;
    }

    /** Ends the patrol; watches never expire from then on. */
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

    /** How many watches are open. */
    int size() {
        return watches.size();
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
