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

/**
 * What PostgreSQL and its tools wrote since the last start.
 */
record PostgresLog(Path file) {
    private static final Pattern COMPLAINT = Pattern.compile("(?:FATAL|PANIC|DETAIL|error): +(.*)");

    void clear() throws IOException {
        Files.deleteIfExists(file);
        Permissions.createFile(file);
    }

    /** In the words of {@code pg_ctl}. */
    boolean saysThatItGaveUp() {
        return lines().stream().anyMatch(line -> line.contains("could not start server"));
    }

    /** The reasons it gives, in one line. */
    Optional<String> complaint() {
        String complaint = lines().stream()
                .map(COMPLAINT::matcher)
                .filter(Matcher::find)
                .map(line -> line.group(1))
                .distinct()
                .limit(3)
                .collect(Collectors.joining("; "));
        return Optional.of(complaint).filter(said -> !said.isEmpty());
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            // Nothing was written yet.
            return List.of();
        }
    }
}
