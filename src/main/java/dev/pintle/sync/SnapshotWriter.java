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
 * Writes the snapshot on a thread of its own, at most once a second: of many in a row, the last. A disk that does not take
 * it is complained of at most once a minute, and tried again every second. Safe for all threads.
 */
final class SnapshotWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);
    private static final long SILENCE_NANOS = Duration.ofMinutes(1).toNanos();

    private final AtomicReference<@Nullable Snapshot> unwritten = new AtomicReference<>();
    private final SnapshotFile file;
    private final Ticker ticker;
    private final ScheduledExecutorService writer;
    private @Nullable Long complainedAt;

    SnapshotWriter(SnapshotFile file, Ticker ticker) {
        this.file = file;
        this.ticker = ticker;
        this.writer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("snapshot").daemon().factory());
    }

    void start() {
        var _ = writer.scheduleWithFixedDelay(this::write, 0, 1, TimeUnit.SECONDS);
    }

    /** Has the snapshot written soon. */
    void keep(Snapshot snapshot) {
        unwritten.set(snapshot);
    }

    /** Writes what is left to write, and ends the thread. */
    @Override
    public void close() {
        writer.close();
        write();
    }

    /** Writes what is due, if anything is. Called by one thread at a time. */
    void write() {
        Snapshot snapshot = unwritten.getAndSet(null);
        if (snapshot == null) {
            return;
        }
        try {
            file.write(snapshot);
            if (complainedAt != null) {
                complainedAt = null;
                LOG.info("The snapshot {} is written again.", file.path());
            }
        } catch (IOException | RuntimeException e) {
            unwritten.compareAndSet(null, snapshot);
            complain(e);
        }
    }

    private void complain(Exception fault) {
        long now = ticker.nanos();
        if (complainedAt == null || now - complainedAt >= SILENCE_NANOS) {
            complainedAt = now;
            LOG.warn(
                    "The snapshot {} cannot be written: {}. The node goes on; without PostgreSQL it would start with an older"
                            + " one, or not at all. Make room for it or let the node write there.",
                    file.path(),
                    fault.toString());
        }
    }
}
