package dev.pintle.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pintle.embedded.EmbeddedDatabase;
import dev.pintle.embedded.EmbeddedDatabaseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Folders for {@code PINTLE_DATA}, in which an embedded PostgreSQL need not be unpacked anew.
 */
public final class TestDataDirectory {
    private TestDataDirectory() {}

    /** An empty one. */
    public static Path create() {
        try {
            Path folder = TestDirectories.create("data-");
            Files.createSymbolicLink(folder.resolve("postgres-binaries"), TestDirectories.kept("postgres-binaries"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One in which PostgreSQL has made its files already. */
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

    /** Made when it is first named. */
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
