package dev.pintle.time;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends operations that take too long, on one thread per node. Socket time-outs bound neither a slow head nor a blocked
 * write, so every operation that can block on a peer has a timer here. Safe for all threads.
 *
 * <p>A round checks every timer, and takes 10 ms, or 10 µs a timer if that is longer. A timer expires up to one round
 * late, and registering needs no queue.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long MIN_ROUND_NANOS = Duration.ofMillis(10).toNanos();

    /** Bounds the CPU time of the rounds: 10,000 timers are checked ten times a second. */
    private static final long ROUND_NANOS_PER_TIMER = 10_000;

    private final Set<WatchdogTimer> watches = ConcurrentHashMap.newKeySet();
    private final Ticker ticker;
    private final Executor reactions;
    private final Thread thread;
    private volatile boolean closed;

    public Watchdog(Ticker ticker) {
        this(ticker, reaction -> Thread.ofVirtual().name("watchdog-expiry").start(reaction));
    }

    /** @param reactions runs the reaction to an expiry on a thread of its own */
    Watchdog(Ticker ticker, Executor reactions) {
        this.ticker = ticker;
        this.reactions = reactions;
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

    /** Runs the reaction to an expiry on a thread of its own. */
    void start(Runnable onExpiry) {
        reactions.execute(onExpiry);
    }

    private void patrol() {
        boolean failing = false;
        while (!closed) {
            int timers = 0;
            Throwable first = null;
            for (WatchdogTimer watch : watches) {
                Throwable failure = failure(watch);
                first = first == null ? failure : first;
                timers++;
            }
            if (first != null && !failing) {
                LOG.error(
                        "Cannot end an operation that took too long. Each round tries again. The first failure:",
                        first);
            }
            failing = first != null;
            LockSupport.parkNanos(roundNanos(timers));
        }
    }

    /** Catches errors of the JVM too, such as a lack of memory, because without this thread no timeout expires. */
    private @Nullable Throwable failure(WatchdogTimer watch) {
        try {
            watch.check(ticker.nanos());
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    static long roundNanos(int timers) {
        return Math.max(MIN_ROUND_NANOS, timers * ROUND_NANOS_PER_TIMER);
    }
}
