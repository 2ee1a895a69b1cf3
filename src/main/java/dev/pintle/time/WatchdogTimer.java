package dev.pintle.time;

import java.util.concurrent.atomic.AtomicLong;

/** One limit that moves: set again with each sign of progress, and done with when closed. Safe for all threads. */
public final class WatchdogTimer implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long EXPIRED = Long.MIN_VALUE;

    private final Watchdog watchdog;
    private final Runnable onExpiry;
    private final AtomicLong deadline = new AtomicLong(NEVER);

    WatchdogTimer(Watchdog watchdog, Runnable onExpiry) {
        this.watchdog = watchdog;
        this.onExpiry = onExpiry;
    }

    /** Expires so many nanoseconds from now unless set again before. Does nothing once it has expired. */
    public void expireIn(long nanos) {
        long next = watchdog.now() + Math.max(nanos, 0);
        long current = deadline.getPlain();
        while (current != EXPIRED && !deadline.compareAndSet(current, next)) {
            current = deadline.get();
        }
    }

    /** Lifts the limit until it is set again. Does nothing once it has expired. */
    public void pause() {
        long current = deadline.get();
        while (current != EXPIRED && !deadline.compareAndSet(current, NEVER)) {
            current = deadline.get();
        }
    }

    /** Whether a limit is set that has not expired. */
    public boolean isSet() {
        long limit = deadline.get();
        return limit != NEVER && limit != EXPIRED;
    }

    /** Whether the time ran out. Once true, it stays so. */
    public boolean expired() {
        return deadline.get() == EXPIRED;
    }

    /** Ends the watch; it will not expire from here on. */
    @Override
    public void close() {
        pause();
        watchdog.forget(this);
    }

    void check(long now) {
        long limit = deadline.get();
        if (limit != NEVER && limit != EXPIRED && now - limit >= 0 && deadline.compareAndSet(limit, EXPIRED)) {
            watchdog.forget(this);
            Thread.ofVirtual().name("watchdog-expiry").start(onExpiry);
        }
    }
}
