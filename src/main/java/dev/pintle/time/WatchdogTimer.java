package dev.pintle.time;

import java.util.concurrent.atomic.AtomicLong;

/** A movable limit: progress sets it again, and closing removes it. Safe for all threads. */
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

    /** The reading of the ticker of the watchdog. */
    public long nanos() {
        return watchdog.now();
    }

    /** Sets the limit to {@code nanos} from now. Does nothing after the timer expired. */
    public void expireIn(long nanos) {
        long next = watchdog.now() + Math.max(nanos, 0);
        long current = deadline.getPlain();
        while (current != EXPIRED && !deadline.compareAndSet(current, next)) {
            current = deadline.get();
        }
    }

    /** Removes the limit until it is set again. Does nothing after the timer expired. */
    public void pause() {
        long current = deadline.get();
        while (current != EXPIRED && !deadline.compareAndSet(current, NEVER)) {
            current = deadline.get();
        }
    }

    /** Whether a limit is set and has not expired. */
    public boolean isSet() {
        long limit = deadline.get();
        return limit != NEVER && limit != EXPIRED;
    }

    /** Whether the timer expired. Once true, it remains true. */
    public boolean expired() {
        return deadline.get() == EXPIRED;
    }

    /** Removes the timer. It does not expire afterwards. */
    @Override
    public void close() {
        pause();
        watchdog.forget(this);
    }

    void check(long now) {
        long limit = deadline.get();
        if (limit != NEVER && limit != EXPIRED && now - limit >= 0 && deadline.compareAndSet(limit, EXPIRED)) {
            try {
                watchdog.start(onExpiry);
            } catch (RuntimeException | Error e) {
                // The next check tries again.
                deadline.set(limit);
                throw e;
            }
            watchdog.forget(this);
        }
    }
}
