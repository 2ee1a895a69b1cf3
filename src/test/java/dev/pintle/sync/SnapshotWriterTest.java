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

/** The snapshot reaches the disk, sooner or later. */
class SnapshotWriterTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsKeptIsWrittenSoon() throws Exception {
        SnapshotFile file = new SnapshotFile(folder.resolve("snapshot"));
        try (SnapshotWriter keeper = new SnapshotWriter(file, Ticker.SYSTEM)) {
            keeper.start();
            keeper.keep(snapshot(1));

            await().until(() -> file.read().isPresent());
        }
        assertThat(file.read()).contains(snapshot(1));
    }

    @Test
    void ofManyInARowTheLastIsWrittenAtTheLatestWhenTheNodeStops() throws Exception {
        SnapshotFile file = new SnapshotFile(folder.resolve("snapshot"));
        try (SnapshotWriter keeper = new SnapshotWriter(file, Ticker.SYSTEM)) {
            keeper.keep(snapshot(1));
            keeper.keep(snapshot(2));
        }

        assertThat(file.read()).contains(snapshot(2));
    }

    @Test
    void aDiskThatDoesNotTakeItIsTriedAgain() throws Exception {
        Path obstacle = Files.createFile(folder.resolve("data"));
        SnapshotFile file = new SnapshotFile(obstacle.resolve("snapshot"));
        try (SnapshotWriter keeper = new SnapshotWriter(file, Ticker.SYSTEM)) {
            keeper.keep(snapshot(1));
            keeper.write();
            Files.delete(obstacle);
            keeper.start();

            await().until(() -> file.read().isPresent());
        }
    }

    @Test
    void aNewerOneIsNotLostToOneThatCouldNotBeWritten() throws Exception {
        Path obstacle = Files.createFile(folder.resolve("data"));
        SnapshotFile file = new SnapshotFile(obstacle.resolve("snapshot"));
        try (SnapshotWriter keeper = new SnapshotWriter(file, Ticker.SYSTEM)) {
            keeper.keep(snapshot(1));
            keeper.write();
            keeper.keep(snapshot(2));
            Files.delete(obstacle);
        }

        assertThat(file.read()).contains(snapshot(2));
    }

    private static Snapshot snapshot(long revision) {
        return new Snapshot(
                new Configuration(revision, Configuration.EMPTY.defaults(), new TreeMap<>()), Instant.EPOCH);
    }
}
