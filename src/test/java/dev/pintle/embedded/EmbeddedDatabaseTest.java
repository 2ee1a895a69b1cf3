package dev.pintle.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.testing.AccessLogLines;
import dev.pintle.testing.ChildJvm;
import dev.pintle.testing.TestDataDirectory;
import dev.pintle.testing.TestDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddedDatabaseTest {
    private final Path directory = TestDataDirectory.withPostgres().resolve("postgres");

    @Test
    void theFirstStartCreatesTheFiles() throws Exception {
        Path missing = TestDataDirectory.create().resolve("postgres");

        try (EmbeddedDatabase database = EmbeddedDatabase.start(missing)) {
            assertThat(query(database.url(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void theFilesAreTheOwnersOnlyAndTheirCreationIsLogged() throws Exception {
        Path data = TestDirectories.create("data-");

        try (AccessLogLines log = AccessLogLines.record(PostgresProcess.class.getName())) {
            EmbeddedDatabase.start(data.resolve("postgres")).close();

            assertThat(log.all())
                    .containsExactly(
                            "Unpacking PostgreSQL into " + data.resolve("postgres-binaries") + '.',
                            "Creating the files of PostgreSQL in " + data.resolve("postgres") + '.');
        }

        assertThat(permissions(data.resolve("postgres"))).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("postgres-binaries"))).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("postgres.log"))).isEqualTo("rw-------");
    }

    @Test
    void dataSurvivesARestart() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            write(database.url());
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            assertThat(kept(database.url())).isEqualTo("kept");
        }
    }

    @Test
    void commitsReachTheDiskAndOnlyLocalClientsCanConnect() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            assertThat(query(database.url(), "show fsync")).isEqualTo("on");
            assertThat(query(database.url(), "show synchronous_commit")).isEqualTo("on");
            assertThat(query(database.url(), "show listen_addresses")).isEqualTo("localhost");
        }
    }

    @Test
    void otherProcessesFindARunningDatabaseOnly() throws Exception {
        assertThat(EmbeddedDatabase.running(directory)).isEmpty();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            assertThat(EmbeddedDatabase.running(directory)).hasValue(database.url());
        }
        assertThat(EmbeddedDatabase.running(directory)).isEmpty();
    }

    @Test
    void closingEndsTheProcess() throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.start(directory);
        ProcessHandle postmaster = postmaster();
        try (Connection stillOpen = DriverManager.getConnection(database.url())) {
            database.close();
            assertThat(stillOpen.isValid(1)).isFalse();
        }
        assertThat(directory.resolve("postmaster.pid")).doesNotExist();
        assertThat(postmaster.info().command()).isEmpty();
        database.close();
    }

    @Test
    void aSecondProcessIsRefusedWithoutEffectOnTheFirst() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory);
                ChildJvm other = lockHolder()) {
            assertThat(other.awaitLine("failure"))
                    .isEqualTo("Another Pintle process uses PostgreSQL in " + directory
                            + ". Stop it, or set PINTLE_DATA to another directory.");
            assertThat(query(database.url(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void theDatabaseOfAKilledProcessIsReplacedWithoutLoss() throws Exception {
        String urlBefore;
        try (ChildJvm killed = lockHolder()) {
            urlBefore = killed.awaitLine("url");
            write(urlBefore);
        }
        ProcessHandle leftOver = postmaster();
        assertThat(EmbeddedDatabase.running(directory)).hasValue(urlBefore);

        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            assertThat(kept(database.url())).isEqualTo("kept");
            assertThat(postmaster().pid()).isNotEqualTo(leftOver.pid());
        }
        assertThat(leftOver.info().command()).isEmpty();
    }

    @Test
    void aStalePidFileWithTheIdOfAnotherProgramIsRemoved() throws Exception {
        leavePidFile(ProcessHandle.current().pid());

        assertThat(EmbeddedDatabase.running(directory)).isEmpty();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            assertThat(query(database.url(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aStalePidFileOfADeadProcessIsIgnored() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        leavePidFile(gone.pid());

        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            assertThat(query(database.url(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void dataOfAnotherVersionIsRefusedWithARemedy() throws Exception {
        Files.writeString(directory.resolve("PG_VERSION"), "11\n");

        assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageStartingWith("Cannot start PostgreSQL in " + directory + ": ")
                .hasMessageContaining("initialized by PostgreSQL version 11")
                .hasMessageContaining("move the directory");
    }

    @Test
    void aDirectoryWithOtherFilesIsRefusedWithARemedy() throws Exception {
        Path other = Files.createDirectories(directory.resolveSibling("diaries"));
        Files.writeString(other.resolve("diary.txt"), "Dear diary");

        assertThatThrownBy(() -> EmbeddedDatabase.start(other))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("exists but is not empty");
        assertThat(other.resolve("diary.txt")).hasContent("Dear diary");
    }

    @Test
    void anErrorNamesADirectoryThatCannotBeCreated() throws Exception {
        Path file = Files.createFile(directory.resolveSibling("file"));

        assertThatThrownBy(() -> EmbeddedDatabase.start(file))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessage("Cannot create the directory " + file + ": a file of this name exists.");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private ChildJvm lockHolder() {
        return ChildJvm.start(DirectoryLockHolder.class, Map.of(), directory.toString());
    }

    private ProcessHandle postmaster() throws IOException {
        String pid = Files.readAllLines(directory.resolve("postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private void leavePidFile(long pid) throws IOException {
        Files.writeString(
                directory.resolve("postmaster.pid"),
                pid + "\n" + directory + "\n1700000000\n5432\n\nlocalhost\n\nready\n");
    }

    private static void write(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create table note as select 'kept' as text");
        }
    }

    private static String kept(String url) throws SQLException {
        return query(url, "select text from note");
    }

    private static String query(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
