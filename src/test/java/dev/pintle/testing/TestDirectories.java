package dev.pintle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Directories of tests below the build directory. They are deleted at the end of the JVM. */
public final class TestDirectories {
    private static final Path ALL = Path.of(System.getProperty("pintle.test.directory", "target/test-data"));
    private static final Queue<Path> MADE = new ConcurrentLinkedQueue<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> MADE.forEach(TestDirectories::delete), "test-folders"));
    }

    private TestDirectories() {}

    /** Creates an empty directory. */
    public static Path create(String prefix) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(ALL), prefix)
                    .toRealPath();
            MADE.add(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a directory that later builds reuse. */
    static Path kept(String name) {
        try {
            return Files.createDirectories(ALL.resolve(name)).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a directory that all test JVMs of a build share and later builds reuse; empty outside of a build. */
    static Optional<Path> sharedInBuild(String name) {
        return Optional.ofNullable(System.getProperty("pintle.test.directory"))
                .map(own -> Path.of(own).toAbsolutePath().resolveSibling(name));
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // A process of a test may still write to it; "make clean" deletes the rest.
        }
    }
}
