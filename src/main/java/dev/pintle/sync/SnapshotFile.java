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
 * The file that keeps the last good configuration, readable by its owner alone. It is whole at any moment: a new one is
 * written beside it, forced to the disk, and takes its place in one step. One thread writes.
 *
 * <p>Before a configuration of an earlier revision takes the place of a later one, because PostgreSQL was replaced or
 * restored, the later one is set aside under the same name with {@code .previous} behind it.
 */
public final class SnapshotFile {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFile.class);

    private final Path path;
    private OptionalLong lastRevision = OptionalLong.empty();

    public SnapshotFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /**
     * What was kept; nothing when there is no file.
     *
     * @throws InvalidSnapshotException when the file cannot be read or not be relied on
     */
    Optional<Snapshot> read() throws InvalidSnapshotException {
        try {
            return Optional.of(SnapshotFormat.decode(new String(Files.readAllBytes(path), StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (InvalidSnapshotException e) {
            throw new InvalidSnapshotException("the snapshot " + path + ' ' + e.getMessage());
        } catch (IOException e) {
            throw new InvalidSnapshotException("the snapshot " + path + " cannot be read: " + e);
        }
    }

    /**
     * Puts a snapshot in the place of the last.
     *
     * @throws IOException when the disk does not take it; the last one is still there then
     */
    void write(Snapshot snapshot) throws IOException {
        long revision = snapshot.configuration().revision();
        Path folder = path.resolveSibling("");
        Files.createDirectories(folder);
        // Temporary files are for their owner alone.
        Path next = Files.createTempFile(folder, path.getFileName() + ".", ".tmp");
        try {
            force(next, SnapshotFormat.encode(snapshot).getBytes(StandardCharsets.UTF_8));
            if (lastRevision() > revision) {
                Files.move(path, previous(), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(folder);
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

    /** Zero when there is no snapshot worth keeping. */
    private long lastRevision() {
        if (lastRevision.isPresent()) {
            return lastRevision.getAsLong();
        }
        try {
            return read().map(kept -> kept.configuration().revision()).orElse(0L);
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

    /** Makes the new name survive a power cut; where folders cannot be forced, the file system sees to it by itself. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("The folder {} cannot be forced to the disk: {}", folder, e.toString());
        }
    }
}
