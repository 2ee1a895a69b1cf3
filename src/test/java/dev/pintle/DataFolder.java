package dev.pintle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders for {@code PINTLE_DATA}, in which an embedded PostgreSQL need not be unpacked anew. */
public final class DataFolder {
    private static final Path ALL = Path.of(System.getProperty("pintle.test.directory", "target/test-data"));

    private DataFolder() {}

    /** An empty one. It stays after the test, for whoever wants to see what happened; {@code make clean} removes it. */
    public static Path create() {
        try {
            Path binaries = Files.createDirectories(ALL.resolve("postgres-binaries"));
            Path folder = Files.createTempDirectory(ALL, "data-");
            Files.createSymbolicLink(folder.resolve("postgres-binaries"), binaries.toRealPath());
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
