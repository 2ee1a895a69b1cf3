package dev.pintle.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main process of a PostgreSQL, read from the file {@code postmaster.pid} in its data directory. The first lines of
 * the file are process id, directory, start time and port.
 *
 * @param file the file, which PostgreSQL removes as its last step
 */
record Postmaster(Path file, ProcessHandle process, int port) {
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final int POLL_MILLIS = 20;
    private static final int FAST_MILLIS = 30_000;
    private static final int IMMEDIATE_MILLIS = 10_000;

    /**
     * Returns the process that runs on the directory, if any. Ignores a stale file, even if another process now has the
     * id.
     */
    static Optional<Postmaster> of(Path directory) {
        Path file = directory.resolve("postmaster.pid");
        List<String> lines = lines(file);
        if (lines.size() < 4 || !isNumber(lines.get(0)) || !isNumber(lines.get(3))) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0)))
                .filter(process -> program(process).startsWith("postgres"))
                .filter(process -> arguments(process).contains(lines.get(1)))
                .map(process -> new Postmaster(file, process, Integer.parseInt(lines.get(3))));
    }

    /** Removes a stale file whose process id now belongs to another program. PostgreSQL refuses to start otherwise. */
    static void removeStaleFile(Path directory) throws EmbeddedDatabaseException {
        Path file = directory.resolve("postmaster.pid");
        boolean stale = lines(file).stream()
                .limit(1)
                .filter(Postmaster::isNumber)
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line)).stream())
                .map(Postmaster::program)
                .anyMatch(program -> !program.isEmpty() && !program.startsWith("postgres"));
        try {
            if (stale) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(file + " is stale and cannot be removed: " + e.getMessage() + '.', e);
        }
    }

    /** The JDBC URL of the default database, as the superuser. */
    String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    /**
     * Stops PostgreSQL and waits for its end. A fast shutdown disconnects the clients and writes all data. After a
     * timeout an immediate shutdown follows, and the next start recovers. No committed data is lost.
     *
     * @throws EmbeddedDatabaseException when the process does not end
     */
    void stop() throws EmbeddedDatabaseException {
        signal("INT");
        if (endsWithin(FAST_MILLIS)) {
            return;
        }
        LOG.warn("PostgreSQL (process {}) does not stop within 30 s. Stopping it immediately.", process.pid());
        signal("QUIT");
        if (!endsWithin(IMMEDIATE_MILLIS)) {
            throw new EmbeddedDatabaseException("PostgreSQL (process " + process.pid()
                    + ") does not stop. Find the cause, or end it with kill -9.");
        }
    }

    /** Sends a signal through a shell, because Java can only send TERM and KILL. */
    private void signal(String name) throws EmbeddedDatabaseException {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + ' ' + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "PostgreSQL (process " + process.pid() + ") cannot be stopped: " + e.getMessage(), e);
        }
    }

    /**
     * Whether the file or the process disappears in time. A container without an init process may keep a dead process.
     */
    private boolean endsWithin(int millis) {
        for (int waited = 0; waited < millis && Files.exists(file) && process.isAlive(); waited += POLL_MILLIS) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !Files.exists(file) || !process.isAlive();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** The name of the program; empty when this user may not see it. */
    private static String program(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .orElse("");
    }

    private static List<String> arguments(ProcessHandle process) {
        return Arrays.asList(process.info().arguments().orElse(new String[0]));
    }
}
