package dev.pintle.embedded;

import dev.pintle.files.FileErrors;
import dev.pintle.files.Permissions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of one's own, for a machine that has none. Its data stays in a folder; it listens on the loopback interface
 * alone, where anyone on the machine may connect.
 *
 * <p>PostgreSQL is a process of its own, and outlives a JVM that was killed. The next start stops it and starts another.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private final Path folder;
    private final DirectoryLock lock;
    private final PostgresProcess server;

    private EmbeddedDatabase(Path folder, DirectoryLock lock, PostgresProcess server) {
        this.folder = folder;
        this.lock = lock;
        this.server = server;
    }

    /** Whether there is a PostgreSQL to start: production goes without one. */
    public static boolean isAvailable() {
        try {
            Class.forName(
                    "io.zonky.test.db.postgres.embedded.EmbeddedPostgres",
                    false,
                    EmbeddedDatabase.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * Starts it, on a free port. At first this takes some seconds: PostgreSQL is unpacked, and makes its files.
     *
     * @param folder of the data, made when it is missing; beside it come a lock, a log and the unpacked PostgreSQL, named
     *     after it
     * @throws EmbeddedDatabaseException when it does not run, or another process has the folder
     */
    public static EmbeddedDatabase start(Path folder) throws EmbeddedDatabaseException {
        Path place = made(folder);
        DirectoryLock lock = DirectoryLock.take(place);
        try {
            stopLeftOver(place);
            return new EmbeddedDatabase(place, lock, started(place));
        } catch (EmbeddedDatabaseException e) {
            lock.close();
            throw e;
        }
    }

    /** Where the one on a folder is to be reached, whichever process started it. */
    public static Optional<String> running(Path folder) {
        return Postmaster.of(folder).map(Postmaster::url);
    }

    /** Where it is to be reached. */
    public String url() {
        return server.url();
    }

    /** Stops it and waits until it is gone; connections that are open are cut off. A second call does nothing. */
    @Override
    public void close() {
        try {
            server.close();
            stopLeftOver(folder);
        } catch (EmbeddedDatabaseException e) {
            LOG.warn("{}", e.getMessage());
        } finally {
            lock.close();
        }
    }

    private static Path made(Path folder) throws EmbeddedDatabaseException {
        try {
            Permissions.createDirectories(folder);
            return folder.toRealPath();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "Cannot create the directory " + folder + ": " + FileErrors.cause(e) + '.', e);
        }
    }

    private static PostgresProcess started(Path folder) throws EmbeddedDatabaseException {
        try {
            return PostgresProcess.start(folder);
        } catch (EmbeddedDatabaseException e) {
            stopLeftOver(folder);
            throw e;
        }
    }

    private static void stopLeftOver(Path folder) throws EmbeddedDatabaseException {
        Optional<Postmaster> leftOver = Postmaster.of(folder);
        if (leftOver.isPresent()) {
            leftOver.get().stop();
        } else {
            Postmaster.forgetStale(folder);
        }
    }
}
