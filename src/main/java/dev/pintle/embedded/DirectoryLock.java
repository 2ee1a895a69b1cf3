package dev.pintle.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Locks a directory for one process. The operating system releases the lock when the process ends, even after a crash.
 * The lock file is next to the directory, because PostgreSQL requires an empty directory for new data.
 */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws EmbeddedDatabaseException when a running process holds the lock, or the file cannot be written */
    static DirectoryLock take(Path directory) throws EmbeddedDatabaseException {
        Path file = directory.resolveSibling(directory.getFileName() + ".lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) != null) {
                return new DirectoryLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(file + " cannot be written: " + e.getMessage() + '.', e);
        }
        throw new EmbeddedDatabaseException("Another Pintle process uses PostgreSQL in " + directory
                + ". Stop it, or set PINTLE_DATA to another directory.");
    }

    /** Releases the lock. The file stays, because its removal could remove the lock of another process. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The operating system releases the lock at the latest when the process ends.
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This process already holds the lock.
            return null;
        }
    }
}
