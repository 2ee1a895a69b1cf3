package dev.pintle.admin.api;

import dev.pintle.store.AuditEntry;
import dev.pintle.store.AuditStore;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds attempts to write to the audit table. While PostgreSQL is unavailable, the node holds the latest attempts in memory
 * and adds them afterwards, with their age. A restart loses them; the audit log has them. Safe for all threads.
 */
public final class AuditTrail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final int MOST_HELD = 1_000;

    private final AuditStore store;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final Deque<Held> held = new ArrayDeque<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("audit").daemon().factory());

    /** @param random identifies calls */
    public AuditTrail(AuditStore store, Ticker ticker, RandomGenerator random) {
        this.store = store;
        this.ticker = ticker;
        this.random = random;
    }

    private record Held(AuditEntry entry, long at) {}

    public void start() {
        var _ = thread.scheduleWithFixedDelay(this::addHeld, 1, 1, TimeUnit.SECONDS);
    }

    AuditStore store() {
        return store;
    }

    /** An id for a call. */
    UUID newId() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** Adds an attempt now, or holds it when PostgreSQL is unavailable. */
    void add(AuditEntry entry, boolean storeIsAvailable) {
        if (!storeIsAvailable || isHolding() || !tryAdd(entry, Duration.ZERO)) {
            hold(new Held(entry, ticker.nanos()));
        }
    }

    private void addHeld() {
        Held next = first();
        while (next != null && tryAdd(next.entry(), Duration.ofNanos(ticker.nanos() - next.at()))) {
            remove(next);
            next = first();
        }
    }

    /** Whether the attempt needs no further try. */
    private boolean tryAdd(AuditEntry entry, Duration age) {
        try {
            store.add(entry, age);
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        } catch (RuntimeException e) {
            LOG.error(
                    "Cannot add an attempted write to the audit table: {}. Keep the audit log, which has it.",
                    e.getMessage(),
                    e);
            return true;
        }
    }

    private synchronized boolean isHolding() {
        return !held.isEmpty();
    }

    private synchronized void hold(Held attempt) {
        if (held.size() >= MOST_HELD) {
            held.removeFirst();
            LOG.warn(
                    "The node holds {} attempts for the audit table and drops the oldest. Only the audit log has it.",
                    MOST_HELD);
        }
        held.addLast(attempt);
    }

    private synchronized @Nullable Held first() {
        return held.peekFirst();
    }

    private synchronized void remove(Held attempt) {
        held.remove(attempt);
    }

    /** Ends the thread; attempts that are held are lost. */
    @Override
    public void close() {
        thread.shutdownNow();
        thread.close();
    }
}
