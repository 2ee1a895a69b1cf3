package dev.pintle.store;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prunes the history on its own thread, at the start of a node and every hour. Several nodes may prune at the same
 * time.
 */
public final class HistoryPruner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryPruner.class);

    private final HistoryStore history;
    private final Retention retention;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("history").daemon().factory());
    private volatile boolean closed;

    public HistoryPruner(HistoryStore history, Retention retention) {
        this.history = history;
        this.retention = retention;
    }

    public void start() {
        var _ = thread.scheduleWithFixedDelay(this::prune, 0, 1, TimeUnit.HOURS);
    }

    /** Waits for the current transaction. */
    @Override
    public void close() {
        closed = true;
        thread.close();
    }

    private void prune() {
        int pruned = 0;
        try {
            int last = history.prune(retention);
            while (last > 0 && !closed) {
                pruned += last;
                last = history.prune(retention);
            }
        } catch (StoreUnavailableException | RuntimeException e) {
            LOG.warn("Cannot prune the history: {}. Retrying in one hour.", e.getMessage());
        }
        if (pruned > 0) {
            LOG.info("Pruned {} revisions from the history.", pruned);
        }
    }
}
