package dev.pintle.sync;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file with the last good configuration, readable by its owner only. A write creates a temporary file, syncs it to
 * disk and renames it, so that the file is complete at any moment. One thread writes.
 *
 * <p>When PostgreSQL was restored or replaced, an earlier revision overwrites a later one. The file of the later
 * revision is then kept under the same name with the suffix {@code .previous}.
 */
public final class SnapshotFile {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFile.class);

    private final Path path;
    private OptionalLong lastRevision = OptionalLong.empty();

    public SnapshotFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /**
     * Reads snapshot; empty when the file does not exist.
     *
     * @throws InvalidSnapshotException when the file is unreadable or damaged
     */
    Optional<Snapshot> read() throws InvalidSnapshotException {
        try {
            return Optional.of(SnapshotFormat.decode(new String(Files.readAllBytes(path), StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (InvalidSnapshotException e) {
            throw new InvalidSnapshotException("snapshot " + path + ' ' + e.getMessage());
        } catch (IOException e) {
            throw new InvalidSnapshotException("snapshot " + path + " cannot be read: " + e);
        }
    }

    /**
     * Replaces snapshot.
     *
     * @throws IOException when the write fails; the last snapshot stays then
     */
    void write(Snapshot snapshot) throws IOException {
        long revision = snapshot.configuration().revision();
        Path directory = path.resolveSibling("");
        Files.createDirectories(directory);
        // The JDK creates temporary files that only their owner can read.
        Path next = Files.createTempFile(directory, path.getFileName() + ".", ".tmp");
        try {
            force(next, SnapshotFormat.encode(snapshot).getBytes(StandardCharsets.UTF_8));
            if (lastRevision() > revision) {
                Files.move(path, previous(), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
            forceDirectory(directory);
            lastRevision = OptionalLong.of(revision);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    Path path() {
        return path;
    }

    private Path previous() {
        return path.resolveSibling(path.getFileName() + ".previous");
    }

    /** The revision of the file; zero without a valid snapshot. */
    private long lastRevision() {
        if (lastRevision.isPresent()) {
            return lastRevision.getAsLong();
        }
        try {
            return read().map(snapshot -> snapshot.configuration().revision()).orElse(0L);
        } catch (InvalidSnapshotException e) {
            return 0;
        }
    }

    private static void force(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /**
     * Syncs the directory, so that the rename survives a power failure. Platforms that cannot sync a directory need no
     * sync.
     */
    private static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("Cannot sync the directory {} to disk: {}", directory, e.toString());
        }
    }
}
