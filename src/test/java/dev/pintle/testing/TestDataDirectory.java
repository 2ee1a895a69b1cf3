package dev.pintle.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pintle.embedded.EmbeddedDatabase;
import dev.pintle.embedded.EmbeddedDatabaseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories for {@code PINTLE_DATA} with an unpacked PostgreSQL. */
public final class TestDataDirectory {
    private TestDataDirectory() {}

    /** Creates an empty directory. */
    public static Path create() {
        try {
            Path folder = TestDirectories.create("data-");
            Files.createSymbolicLink(folder.resolve("postgres-binaries"), TestDirectories.kept("postgres-binaries"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a directory with an initialized PostgreSQL. */
    public static Path withPostgres() {
        try {
            Path folder = create();
            Process copy = new ProcessBuilder("cp", "-R", "-p", Made.POSTGRES.toString(), folder.toString()).start();
            if (copy.waitFor() != 0) {
                throw new IOException(new String(copy.getErrorStream().readAllBytes(), UTF_8));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Created on first use. */
    private static final class Made {
        static final Path POSTGRES = make();

        private static Path make() {
            Path folder = create().resolve("postgres");
            try {
                EmbeddedDatabase.start(folder).close();
                return folder;
            } catch (EmbeddedDatabaseException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
