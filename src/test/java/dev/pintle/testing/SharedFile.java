package dev.pintle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/** A file that one test JVM of a build creates, and the others copy. Later builds reuse it for a day. */
final class SharedFile {
    private static final Duration REUSED_FOR = Duration.ofDays(1);

    private SharedFile() {}

    /** Creates a file in the directory of this JVM. Outside of a build, no file is shared. */
    static void provide(String name, Path file, Runnable create) {
        Path folder = TestDirectories.sharedInBuild("shared-files").orElse(null);
        if (folder == null) {
            create.run();
            return;
        }
        try {
            Files.createDirectories(folder);
            provide(folder, folder.resolve(name), file, create);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** While one JVM creates the file, the others wait. */
    private static void provide(Path folder, Path shared, Path file, Runnable create) throws IOException {
        try (FileChannel lockFile =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = lockFile.lock()) {
            if (isRecent(shared)) {
                Files.copy(shared, file);
                return;
            }
            create.run();
            Path unfinished = folder.resolve("unfinished");
            Files.copy(file, unfinished, StandardCopyOption.REPLACE_EXISTING);
            Files.move(unfinished, shared, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isRecent(Path file) throws IOException {
        return Files.exists(file)
                && Files.getLastModifiedTime(file)
                        .toInstant()
                        .isAfter(Instant.now().minus(REUSED_FOR));
    }
}
