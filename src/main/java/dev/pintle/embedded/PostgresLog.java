package dev.pintle.embedded;

import dev.pintle.files.Permissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The log of PostgreSQL and its tools since the last start. */
record PostgresLog(Path file) {
    private static final Pattern ERROR = Pattern.compile("(?:FATAL|PANIC|DETAIL|error): +(.*)");

    void clear() throws IOException {
        Files.deleteIfExists(file);
        Permissions.createFile(file);
    }

    /** Whether {@code pg_ctl} reports that the start failed. */
    boolean reportsFailedStart() {
        return lines().stream().anyMatch(line -> line.contains("could not start server"));
    }

    /** Returns the logged errors in one line. */
    Optional<String> errors() {
        String errors = lines().stream()
                .map(ERROR::matcher)
                .filter(Matcher::find)
                .map(line -> line.group(1))
                .distinct()
                .limit(3)
                .collect(Collectors.joining("; "));
        return Optional.of(errors).filter(said -> !said.isEmpty());
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            // PostgreSQL has not written a log yet.
            return List.of();
        }
    }
}
