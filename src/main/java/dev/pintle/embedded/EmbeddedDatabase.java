package dev.pintle.embedded;

import dev.pintle.files.FileErrors;
import dev.pintle.files.Permissions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs PostgreSQL for machines without one. The data stays in a directory. The server listens on the loopback interface
 * only, where every local user may connect.
 *
 * <p>PostgreSQL is a separate process and survives a killed JVM. The next start stops it and starts a new one.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private final Path directory;
    private final DirectoryLock lock;
    private final PostgresProcess server;

    private EmbeddedDatabase(Path directory, DirectoryLock lock, PostgresProcess server) {
        this.directory = directory;
        this.lock = lock;
        this.server = server;
    }

    /** Whether this build contains PostgreSQL. The production build does not. */
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
     * Starts PostgreSQL on a free port. The first start takes some seconds, to unpack PostgreSQL and create the data
     * files.
     *
     * @param directory the data directory, created when it is missing; the lock, the log and the unpacked PostgreSQL are
     *     next to it
     * @throws EmbeddedDatabaseException when PostgreSQL does not start, or another process uses the directory
     */
    public static EmbeddedDatabase start(Path directory) throws EmbeddedDatabaseException {
        Path existing = createDirectory(directory);
        DirectoryLock lock = DirectoryLock.take(existing);
        try {
            stopLeftOver(existing);
            return new EmbeddedDatabase(existing, lock, startServer(existing));
        } catch (EmbeddedDatabaseException e) {
            lock.close();
            throw e;
        }
    }

    /** Returns the URL of the PostgreSQL that runs on a directory, if any; another process may have startServer it. */
    public static Optional<String> running(Path directory) {
        return Postmaster.of(directory).map(Postmaster::url);
    }

    /** The JDBC URL. */
    public String url() {
        return server.url();
    }

    /** Stops PostgreSQL, closes its connections and waits for its end. A second call does nothing. */
    @Override
    public void close() {
        try {
            server.close();
            stopLeftOver(directory);
        } catch (EmbeddedDatabaseException e) {
            LOG.warn("{}", e.getMessage());
        } finally {
            lock.close();
        }
    }

    private static Path createDirectory(Path directory) throws EmbeddedDatabaseException {
        try {
            Permissions.createDirectories(directory);
            return directory.toRealPath();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "Cannot create the directory " + directory + ": " + FileErrors.cause(e) + '.', e);
        }
    }

    private static PostgresProcess startServer(Path directory) throws EmbeddedDatabaseException {
        try {
            return PostgresProcess.start(directory);
        } catch (EmbeddedDatabaseException e) {
            stopLeftOver(directory);
            throw e;
        }
    }

    private static void stopLeftOver(Path directory) throws EmbeddedDatabaseException {
        Optional<Postmaster> leftOver = Postmaster.of(directory);
        if (leftOver.isPresent()) {
            leftOver.get().stop();
        } else {
            Postmaster.removeStaleFile(directory);
        }
    }
}
