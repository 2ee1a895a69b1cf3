package dev.pintle.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A folder that belongs to one process. The operating system frees it when the process ends, however it ends. The lock is a
 * file beside the folder: PostgreSQL wants to find its folder empty at first.
 */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws EmbeddedDatabaseException when a living process has the folder, or it cannot be written to */
    static DirectoryLock take(Path folder) throws EmbeddedDatabaseException {
        Path file = folder.resolveSibling(folder.getFileName() + ".lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) != null) {
                return new DirectoryLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(file + " cannot be written: " + e.getMessage() + '.', e);
        }
        throw new EmbeddedDatabaseException("Another process of Pintle keeps PostgreSQL in " + folder
                + ": stop it, or set PINTLE_DATA to another folder.");
    }

    /** Frees the folder. The file stays: whoever removed it could remove the lock of another. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock goes with the process at the latest.
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This process has it itself.
            return null;
        }
    }
}
