package dev.pintle.sync;

import static dev.pintle.testing.TestRoutes.defaults;
import static dev.pintle.testing.TestRoutes.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.config.Configuration;
import dev.pintle.config.VersionedDocument;
import dev.pintle.guard.GuardBounds;
import dev.pintle.store.PendingConfirmation;
import dev.pintle.store.Unconfirmed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot file is either the served configuration or invalid. */
class SnapshotFileTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    private Path folder;

    private Path path;
    private SnapshotFile file;

    @BeforeEach
    void file() {
        path = folder.resolve("data").resolve("snapshot");
        file = new SnapshotFile(path);
    }

    @Test
    void aWrittenSnapshotIsRead() throws Exception {
        file.write(snapshot(7));

        assertThat(file.read()).contains(snapshot(7));
    }

    @Test
    void anUnconfirmedSnapshotHasBothRevisionsAndTheTimeLeft() throws Exception {
        Unconfirmed unconfirmed = new Unconfirmed(
                new PendingConfirmation(
                        7, NOON.plusSeconds(120), Duration.ofMinutes(2), GuardBounds.parse("errors=2%")),
                snapshot(6).configuration());

        file.write(new Snapshot(snapshot(7).configuration(), List.of(), NOON, unconfirmed));

        Snapshot read = file.read().orElseThrow();
        assertThat(read).isEqualTo(new Snapshot(snapshot(7).configuration(), List.of(), NOON, unconfirmed));
        assertThat(read.unconfirmedAfter(Duration.ofSeconds(50)).pending().left())
                .isEqualTo(Duration.ofSeconds(70));
        assertThat(read.unconfirmedAfter(Duration.ofMinutes(2)).pending().isDue())
                .isTrue();
        assertThat(read.unconfirmedAfter(Duration.ofSeconds(-9)).pending().left())
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(Files.readString(path)).startsWith("pintle-snapshot 2 ");
    }

    @Test
    void aMissingFileReadsAsEmpty() throws Exception {
        assertThat(file.read()).isEmpty();
    }

    @Test
    void onlyTheOwnerMayReadTheFileAndNoTemporaryFileRemains() throws Exception {
        file.write(snapshot(1));
        file.write(snapshot(2));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(files()).containsExactly("snapshot");
    }

    @Test
    void aTruncatedFileIsRefused() throws Exception {
        file.write(snapshot(7));
        byte[] whole = Files.readAllBytes(path);

        for (int length = 0; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThatThrownBy(file::read).as("%d bytes", length).isInstanceOf(InvalidSnapshotException.class);
        }
    }

    @Test
    void aFileWithAnyByteChangedIsRefused() throws Exception {
        file.write(snapshot(7));
        byte[] whole = Files.readAllBytes(path);

        for (int place = 0; place < whole.length; place++) {
            byte[] damaged = whole.clone();
            damaged[place] ^= 1;
            Files.write(path, damaged);
            assertThatThrownBy(file::read).as("byte %d", place).isInstanceOf(InvalidSnapshotException.class);
        }
    }

    @Test
    void aRefusalNamesTheFileAndTheFault() throws Exception {
        file.write(snapshot(7));
        Files.writeString(path, Files.readString(path).replace("/a", "/b"));

        assertThatThrownBy(file::read)
                .hasMessage("snapshot " + path + " is damaged or truncated: its checksum does not match");
    }

    @Test
    void theFormatOfAnotherVersionIsRefused() throws Exception {
        file.write(snapshot(7));
        Files.writeString(path, Files.readString(path).replace("pintle-snapshot 1 ", "pintle-snapshot 3 "));

        assertThatThrownBy(file::read).hasMessageContaining("format 3; this version reads formats 1 and 2");
    }

    @Test
    void aFileThatIsNotASnapshotIsRefused() throws Exception {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "{\"routes\": []}\n");

        assertThatThrownBy(file::read).hasMessageContaining("is not a snapshot of Pintle");
    }

    @Test
    void anUnreadableFileIsRefused() throws Exception {
        Files.createDirectories(path);

        assertThatThrownBy(file::read)
                .isInstanceOf(InvalidSnapshotException.class)
                .hasMessageContaining("cannot be read");
    }

    /** A node that is upgraded while PostgreSQL is unavailable starts from the snapshot of the older version. */
    @Test
    void theFirstFormatIsStillReadable() throws Exception {
        Files.createDirectories(path.getParent());
        Files.writeString(path, """
                pintle-snapshot 1 2026-01-31T12:00:00Z
                {"revision":7,"defaults":{"revision":3,"json":{"maxRequestBody":"1MiB"}},"routes":{"a":{"revision":7,"json":{"id":"a","description":"","match":{"path":"/a"},"upstream":{"targets":[{"url":"http://127.0.0.1:9"}]}}}}}
                sha256 d36128c6ba681381089b880c073c9a63a000de9a94d1c360bfd8c29d9b7b65c2
                """);

        assertThat(file.read()).contains(snapshot(7));
    }

    /** A node that goes back to this version starts from the snapshot of a later one. */
    @Test
    void credentialsOfAnUnknownKindDoNotExist() throws Exception {
        Files.createDirectories(path.getParent());
        Files.writeString(path, """
                pintle-snapshot 1 2026-01-31T12:00:00Z
                {"revision":7,"defaults":{"revision":3,"json":{"maxRequestBody":"1MiB"}},"routes":{"a":{"revision":7,"json":{"id":"a","description":"","match":{"path":"/a"},"upstream":{"targets":[{"url":"http://127.0.0.1:9"}]}}}},"credentials":[{"consumer":"jane","id":"1","kind":"PASSKEY","name":"laptop","hash":"ab","created":"2026-01-31T12:00:00Z"}]}
                sha256 f3bbcb744eee4aeb223cb49eff114f900935ca4263fb6cfacab675ec172dd5f8
                """);

        assertThat(file.read()).contains(snapshot(7));
    }

    @Test
    void aFailedWriteKeepsTheLastSnapshotAndNoTemporaryFile() throws Exception {
        file.write(snapshot(1));
        Files.createDirectories(folder.resolve("data/snapshot.previous/obstacle"));

        assertThatThrownBy(() -> new SnapshotFile(path).write(snapshot(0))).isInstanceOf(IOException.class);

        assertThat(file.read()).contains(snapshot(1));
        assertThat(files()).containsExactlyInAnyOrder("snapshot", "snapshot.previous");
    }

    @Test
    void theSnapshotOfALaterRevisionIsKeptAsPrevious() throws Exception {
        file.write(snapshot(9));

        new SnapshotFile(path).write(snapshot(2));

        assertThat(file.read()).contains(snapshot(2));
        assertThat(new SnapshotFile(path.resolveSibling("snapshot.previous")).read())
                .contains(snapshot(9));
    }

    private Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(path.getParent())) {
            return files.map(Path::getFileName).map(Path::toString).toList().stream();
        }
    }

    private static Snapshot snapshot(long revision) {
        Configuration configuration = new Configuration(
                revision,
                new VersionedDocument(
                        3, defaults("{\"maxRequestBody\":\"1MiB\"}").json()),
                new TreeMap<>(Map.of(
                        "a", new VersionedDocument(revision, route("a", "/a").json()))));
        return new Snapshot(configuration, NOON);
    }
}
