package dev.pintle.sync;

import dev.pintle.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the latest snapshot on its own thread, at most once a second. Retries a failed write every second and logs the
 * failure at most once a minute. Safe for all threads.
 */
final class SnapshotWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);
    private static final long LOG_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final AtomicReference<@Nullable Snapshot> pending = new AtomicReference<>();
    private final SnapshotFile file;
    private final Ticker ticker;
    private final ScheduledExecutorService writer;
    private @Nullable Long failureLoggedAt;

    SnapshotWriter(SnapshotFile file, Ticker ticker) {
        this.file = file;
        this.ticker = ticker;
        this.writer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("snapshot").daemon().factory());
    }

    void start() {
        var _ = writer.scheduleWithFixedDelay(this::write, 0, 1, TimeUnit.SECONDS);
    }

    /** Schedules the snapshot for the next write. Skips revision 0, which holds nothing to restore. */
    void save(Snapshot snapshot) {
        if (snapshot.configuration().revision() > 0) {
            pending.set(snapshot);
        }
    }

    /** Writes the pending snapshot and ends the thread. */
    @Override
    public void close() {
        writer.close();
        write();
    }

    /** Writes the pending snapshot, if any. Called by one thread at a time. */
    void write() {
        Snapshot snapshot = pending.getAndSet(null);
        if (snapshot == null) {
            return;
        }
        try {
            file.write(snapshot);
            if (failureLoggedAt != null) {
                failureLoggedAt = null;
                LOG.info("Writing the snapshot {} succeeds again.", file.path());
            }
        } catch (IOException | RuntimeException e) {
            pending.compareAndSet(null, snapshot);
            logFailure(e);
        }
    }

    private void logFailure(Exception fault) {
        long now = ticker.nanos();
        if (failureLoggedAt == null || now - failureLoggedAt >= LOG_INTERVAL_NANOS) {
            failureLoggedAt = now;
            LOG.warn(
                    "Cannot write the snapshot {}: {}. Without PostgreSQL this node would start with an older"
                            + " snapshot or not at all. Free disk space or grant write access to the directory.",
                    file.path(),
                    fault.toString());
        }
    }
}
