package dev.pintle.embedded;

import dev.pintle.files.Permissions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one file that knows the library which brings PostgreSQL. Nothing loads it where the library is missing. */
final class PostgresProcess {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresProcess.class);
    /** After a crash it has to recover first. */
    private static final Duration LONGEST_START = Duration.ofMinutes(1);

    private static final Duration POLL = Duration.ofMillis(20);

    private final EmbeddedPostgres postgres;

    private PostgresProcess(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts PostgreSQL on a folder that this process has for itself, and on which none runs.
     *
     * @throws EmbeddedDatabaseException with what PostgreSQL said; one that starts all the same may run then
     */
    static PostgresProcess start(Path folder) throws EmbeddedDatabaseException {
        PostgresLog log = new PostgresLog(beside(folder, ".log"));
        try {
            log.clear();
            Permissions.createDirectories(binaries(folder));
            return new PostgresProcess(patiently(builder(folder, log), log));
        } catch (ExecutionException e) {
            throw failure(folder, log, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw failure(folder, log, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(folder, log, e);
        }
    }

    String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    /** Stops it; it may still be on its way out when this returns. A second call does nothing. */
    void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            LOG.warn("PostgreSQL: {}", e.getMessage());
        }
    }

    /** Its defaults are for tests: data that may be lost, and is thrown away at the end. */
    private static EmbeddedPostgres.Builder builder(Path folder, PostgresLog log) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(binaries(folder).toFile())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("unix_socket_directories", "")
                .setLocaleConfig("locale", "C")
                // A file outlives a JVM that is killed; a pipe would break.
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
                .setPGStartupWait(LONGEST_START)
                // It would not wait for those who still use the database.
                .setRegisterShutdownHook(false);
    }

    /** The library waits to the end for a PostgreSQL that has long given up; so it waits on a thread that can be interrupted. */
    private static EmbeddedPostgres patiently(EmbeddedPostgres.Builder builder, PostgresLog log)
            throws ExecutionException, IOException, InterruptedException {
        FutureTask<EmbeddedPostgres> start = new FutureTask<>(builder::start);
        Thread starter = Thread.ofPlatform().name("postgres-start").daemon().start(start);
        while (!starter.join(POLL)) {
            if (log.saysThatItGaveUp()) {
                starter.interrupt();
                throw new IOException("it gave up");
            }
        }
        return start.get();
    }

    private static EmbeddedDatabaseException failure(Path folder, PostgresLog log, Throwable fault) {
        String said = log.complaint().orElse(String.valueOf(fault.getMessage()));
        return new EmbeddedDatabaseException(
                "PostgreSQL did not start in " + folder + ": " + said + ". Its log is " + log.file()
                        + "; to begin with empty data instead, move the folder away.",
                fault);
    }

    private static Path binaries(Path folder) {
        return beside(folder, "-binaries");
    }

    private static Path beside(Path folder, String ending) {
        return folder.resolveSibling(folder.getFileName() + ending);
    }
}
