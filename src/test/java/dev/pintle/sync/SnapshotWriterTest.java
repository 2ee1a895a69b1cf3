package dev.pintle.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.config.Configuration;
import dev.pintle.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The writer stores the latest snapshot on disk. */
class SnapshotWriterTest {
    @TempDir
    private Path folder;

    @Test
    void aSavedSnapshotIsWrittenSoon() throws Exception {
        SnapshotFile file = new SnapshotFile(folder.resolve("snapshot"));
        try (SnapshotWriter writer = new SnapshotWriter(file, Ticker.SYSTEM)) {
            writer.start();
            writer.save(snapshot(1));

            await().until(() -> file.read().isPresent());
        }
        assertThat(file.read()).contains(snapshot(1));
    }

    @Test
    void theLatestSnapshotIsWrittenWhenTheNodeStops() throws Exception {
        SnapshotFile file = new SnapshotFile(folder.resolve("snapshot"));
        try (SnapshotWriter writer = new SnapshotWriter(file, Ticker.SYSTEM)) {
            writer.save(snapshot(1));
            writer.save(snapshot(2));
        }

        assertThat(file.read()).contains(snapshot(2));
    }

    @Test
    void aFailedWriteIsRetried() throws Exception {
        Path obstacle = Files.createFile(folder.resolve("data"));
        SnapshotFile file = new SnapshotFile(obstacle.resolve("snapshot"));
        try (SnapshotWriter writer = new SnapshotWriter(file, Ticker.SYSTEM)) {
            writer.save(snapshot(1));
            writer.write();
            Files.delete(obstacle);
            writer.start();

            await().until(() -> file.read().isPresent());
        }
    }

    @Test
    void aFailedWriteDoesNotReplaceANewerSnapshot() throws Exception {
        Path obstacle = Files.createFile(folder.resolve("data"));
        SnapshotFile file = new SnapshotFile(obstacle.resolve("snapshot"));
        try (SnapshotWriter writer = new SnapshotWriter(file, Ticker.SYSTEM)) {
            writer.save(snapshot(1));
            writer.write();
            writer.save(snapshot(2));
            Files.delete(obstacle);
        }

        assertThat(file.read()).contains(snapshot(2));
    }

    private static Snapshot snapshot(long revision) {
        return new Snapshot(
                new Configuration(revision, Configuration.EMPTY.defaults(), new TreeMap<>()), Instant.EPOCH);
    }
}
