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
 * The first process of a PostgreSQL that runs on a folder, as the folder's file {@code postmaster.pid} tells: process id,
 * folder, start time and port are its first lines.
 *
 * @param file the one that told; PostgreSQL removes it as the last thing it does
 */
record Postmaster(Path file, ProcessHandle process, int port) {
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final int POLL_MILLIS = 20;
    private static final int FAST_MILLIS = 30_000;
    private static final int IMMEDIATE_MILLIS = 10_000;

    /** The one that runs on the folder, if any does. A file that was left behind is none, whoever has the process id now. */
    static Optional<Postmaster> of(Path folder) {
        Path file = folder.resolve("postmaster.pid");
        List<String> lines = lines(file);
        if (lines.size() < 4 || !isNumber(lines.get(0)) || !isNumber(lines.get(3))) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0)))
                .filter(process -> program(process).startsWith("postgres"))
                .filter(process -> arguments(process).contains(lines.get(1)))
                .map(process -> new Postmaster(file, process, Integer.parseInt(lines.get(3))));
    }

    /** Removes a file that was left behind, where another program has the process id now: PostgreSQL would not dare to. */
    static void forgetStale(Path folder) throws EmbeddedDatabaseException {
        Path file = folder.resolve("postmaster.pid");
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
            throw new EmbeddedDatabaseException(
                    file + " was left behind and cannot be removed: " + e.getMessage() + '.', e);
        }
    }

    /** As the superuser, in the database that every PostgreSQL has. */
    String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    /**
     * Stops it and waits until it is gone. Nothing that was committed is lost: its clients are cut off and everything is
     * written; should that take too long, the next start recovers what is left to write.
     *
     * @throws EmbeddedDatabaseException when it does not go
     */
    void stop() throws EmbeddedDatabaseException {
        signal("INT");
        if (goesWithin(FAST_MILLIS)) {
            return;
        }
        LOG.warn("PostgreSQL (process {}) takes long to stop; it is stopped at once.", process.pid());
        signal("QUIT");
        if (!goesWithin(IMMEDIATE_MILLIS)) {
            throw new EmbeddedDatabaseException("PostgreSQL (process " + process.pid()
                    + ") does not stop: see what holds it up, or end it" + " with kill -9.");
        }
    }

    /** Only a shell can send these signals: Java knows TERM and KILL. */
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

    /** Gone is the file, or the process: in a container nobody may have taken note of its end. */
    private boolean goesWithin(int millis) {
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

    /** Empty when it is not ours to see. */
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
