package dev.pintle.embedded;

import dev.pintle.files.Permissions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wraps the library that contains PostgreSQL. Builds without the library never load this class. */
final class PostgresProcess {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresProcess.class);
    /** Includes the recovery after a crash. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

    private static final Duration POLL = Duration.ofMillis(20);

    private final EmbeddedPostgres postgres;

    private PostgresProcess(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts PostgreSQL on a directory that this process has locked and on which no PostgreSQL runs.
     *
     * @throws EmbeddedDatabaseException with the errors that PostgreSQL logged; a server that starts late may still run
     *     then
     */
    static PostgresProcess start(Path directory) throws EmbeddedDatabaseException {
        PostgresLog log = new PostgresLog(beside(directory, ".log"));
        try {
            log.clear();
            Permissions.createDirectories(binaries(directory));
            announce(directory);
            return new PostgresProcess(startWatched(builder(directory, log), log));
        } catch (ExecutionException e) {
            throw failure(directory, log, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw failure(directory, log, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(directory, log, e);
        }
    }

    String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    /** Stops PostgreSQL without waiting for its end. A second call does nothing. */
    void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            LOG.warn("Cannot stop the embedded PostgreSQL: {}. The next start stops it.", e.getMessage());
        }
    }

    /** Overrides the defaults of the library, which are for tests with temporary data. */
    private static EmbeddedPostgres.Builder builder(Path directory, PostgresLog log) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(binaries(directory).toFile())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("unix_socket_directories", "")
                .setLocaleConfig("locale", "C")
                // A log file survives a killed JVM; a pipe would break.
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
                .setPGStartupWait(START_TIMEOUT)
                // The library's shutdown hook would not wait for clients of the database.
                .setRegisterShutdownHook(false);
    }

    /**
     * Starts PostgreSQL on another thread. The library waits for its full timeout even after a failed start, so this
     * thread watches the log.
     */
    private static EmbeddedPostgres startWatched(EmbeddedPostgres.Builder builder, PostgresLog log)
            throws ExecutionException, IOException, InterruptedException {
        FutureTask<EmbeddedPostgres> start = new FutureTask<>(builder::start);
        Thread starter = Thread.ofPlatform().name("postgres-start").daemon().start(start);
        while (!starter.join(POLL)) {
            if (log.reportsFailedStart()) {
                starter.interrupt();
                throw new IOException("the start failed");
            }
        }
        return start.get();
    }

    private static EmbeddedDatabaseException failure(Path directory, PostgresLog log, Throwable fault) {
        String errors = log.errors().orElse(String.valueOf(fault.getMessage()));
        return new EmbeddedDatabaseException(
                "Cannot start PostgreSQL in " + directory + ": " + errors + ". The log is " + log.file()
                        + "; to start with empty data, move the directory.",
                fault);
    }

    /** Logs the steps of a first start, which takes some seconds. */
    private static void announce(Path directory) throws IOException {
        if (isEmpty(binaries(directory))) {
            LOG.info("Unpacking PostgreSQL into {}.", binaries(directory));
        }
        if (isEmpty(directory)) {
            LOG.info("Creating the files of PostgreSQL in {}.", directory);
        } else {
            LOG.info("Starting PostgreSQL in {}.", directory);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private static Path binaries(Path directory) {
        return beside(directory, "-binaries");
    }

    private static Path beside(Path directory, String ending) {
        return directory.resolveSibling(directory.getFileName() + ending);
    }
}
