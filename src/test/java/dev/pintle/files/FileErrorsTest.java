package dev.pintle.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The cause of a file error is a phrase without the path. */
class FileErrorsTest {
    @Test
    void eachErrorHasItsCause() {
        Map<IOException, String> causes = Map.of(
                new NoSuchFileException("/a"), "no such file or directory",
                new AccessDeniedException("/a"), "permission denied",
                new NotDirectoryException("/a"), "not a directory",
                new FileAlreadyExistsException("/a"), "a file of this name exists",
                new FileSystemException("/a", null, "Disk quota exceeded"), "disk quota exceeded",
                new IOException("Stream closed"), "stream closed",
                new IOException(""), "");

        assertThat(causes)
                .allSatisfy(
                        (error, cause) -> assertThat(FileErrors.cause(error)).isEqualTo(cause));
        assertThat(FileErrors.cause(new FileSystemException("/a"))).isEqualTo("/a");
    }
}
