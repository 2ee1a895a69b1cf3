package dev.pintle.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.testing.AccessLogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only its owner can access the data directory. */
class DataDirectoryTest {
    @TempDir
    private Path parent;

    @Test
    void aMissingDirectoryIsCreatedForItsOwnerOnly() throws IOException {
        Path path = parent.resolve("a/b");

        DataDirectory.open(path);

        assertThat(permissions(path)).isEqualTo("rwx------");
        assertThat(path).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwxr-x---", "rwx--x--x", "rwx---r--"})
    void anExistingDirectoryWithNothingButFilesOfTheNodeIsClosedToOthersWithAWarning(String exposed) throws Exception {
        Path path = directory(exposed);
        for (String name : new String[] {"admin.token", "snapshot.json", "snapshot.json.previous", "postgres.log"}) {
            permit(Files.createFile(path.resolve(name)), "rw-r--r--");
        }
        permit(Files.createDirectory(path.resolve("postgres-binaries")), "rwxr-xr-x");

        try (AccessLogLines log = AccessLogLines.record(DataDirectory.class.getName())) {
            DataDirectory.open(path);

            assertThat(log.all())
                    .singleElement()
                    .asString()
                    .contains(path.toString(), exposed, "delete", "admin.token");
        }
        assertThat(permissions(path)).isEqualTo("rwx------");
        assertThat(permissions(path.resolve("admin.token"))).isEqualTo("rw-------");
        assertThat(permissions(path.resolve("snapshot.json"))).isEqualTo("rw-------");
        assertThat(permissions(path.resolve("snapshot.json.previous"))).isEqualTo("rw-------");
        assertThat(permissions(path.resolve("postgres.log"))).isEqualTo("rw-------");
        assertThat(permissions(path.resolve("postgres-binaries"))).isEqualTo("rwx------");
    }

    @Test
    void aPrivateDirectoryOpensWithoutAWord() throws Exception {
        Path path = directory("rwx------");
        permit(Files.createFile(path.resolve("admin.token")), "rw-r--r--");

        try (AccessLogLines log = AccessLogLines.record(DataDirectory.class.getName())) {
            DataDirectory.open(path);

            assertThat(log.all()).isEmpty();
        }
        assertThat(permissions(path.resolve("admin.token"))).isEqualTo("rw-------");
    }

    /** Such as {@code /home/ada}, or the working directory. */
    @Test
    void aDirectoryThatOthersCanReadAndThatHoldsOtherFilesIsRefusedAndStaysAsItIs() throws Exception {
        Path path = directory("rwxr-xr-x");
        Path diary = permit(Files.createFile(path.resolve("diary.txt")), "rw-r--r--");

        assertRefused(path, "rwxr-xr-x");
        assertThat(permissions(path)).isEqualTo("rwxr-xr-x");
        assertThat(permissions(diary)).isEqualTo("rw-r--r--");
    }

    /** Such as {@code /tmp}. */
    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---"})
    void aDirectoryThatOthersCanWriteIsRefusedAndStaysAsItIs(String shared) throws Exception {
        Path path = directory(shared);

        assertRefused(path, shared);
        assertThat(permissions(path)).isEqualTo(shared);
    }

    @Test
    void otherFilesInAPrivateDirectoryStayAsTheyAre() throws Exception {
        Path path = directory("rwx------");
        Path diary = permit(Files.createFile(path.resolve("diary.txt")), "rw-r--r--");

        DataDirectory.open(path);

        assertThat(permissions(diary)).isEqualTo("rw-r--r--");
    }

    @Test
    void aFileInItsPlaceIsRefusedWithTheRemedy() throws IOException {
        Path file = Files.createFile(parent.resolve("data"));

        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(FileAccessException.class)
                .hasMessageStartingWith("Cannot write to the data directory " + file + ": a file of this name exists.")
                .hasMessageContaining("PINTLE_DATA");
        assertThatThrownBy(() -> DataDirectory.open(file.resolve("below")))
                .isInstanceOf(FileAccessException.class)
                .hasMessageContaining("not a directory")
                .hasMessageContaining("PINTLE_DATA");
    }

    private static void assertRefused(Path path, String permissions) {
        assertThatThrownBy(() -> DataDirectory.open(path))
                .isInstanceOf(FileAccessException.class)
                .hasMessageContaining(path + " (" + permissions + ")")
                .hasMessageContaining("chmod go-rwx " + path)
                .hasMessageContaining("PINTLE_DATA");
    }

    private Path directory(String permissions) throws IOException {
        return permit(Files.createDirectory(parent.resolve("data")), permissions);
    }

    private static Path permit(Path path, String permissions) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
