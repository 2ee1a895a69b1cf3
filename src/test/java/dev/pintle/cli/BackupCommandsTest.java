package dev.pintle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.backup.BackupWriter;
import dev.pintle.store.BackupTable;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A backup brings back the configuration, the credentials and the history of a lost database. */
class BackupCommandsTest {
    @TempDir
    private Path folder;

    private Path file;
    private TestDatabase lost;
    private TestDatabase empty;
    private CommandLine shell;
    private CommandLine other;

    @BeforeEach
    void fillTheDatabase() throws IOException {
        file = folder.resolve("pintle.backup");
        lost = TestPostgres.migratedDatabase();
        empty = TestPostgres.migratedDatabase();
        shell = new CommandLine(folder, lost.url());
        other = new CommandLine(Files.createDirectory(folder.resolve("other")), empty.url());
        load("{\"routes\": [%s]}", route("/users"));
        load("""
                {"defaults": {"timeout": {"total": "50s"}}, "routes": [%s], "consumers": [{"id": "acme", "groups": ["gold"]}],
                 "identityProviders": [{"id": "main", "issuer": "https://idp.example.com"}]}""", route("/people"));
        execute(lost, """
                insert into credential (id, consumer, kind, name, hash, expires)
                values ('k1', 'acme', 'key', 'Grüße' || U&'\\0085\\2028', 'sha256:00ff', now() + interval '1 day')""");
        // A stored document keeps the line breaks of its author.
        execute(lost, "update route set document = cast(E'{\\r\\n' || substr(document::text, 2) as json)");
    }

    @Test
    void aBackupRestoresEveryRowIntoAnEmptyDatabase() throws IOException {
        assertThat(shell.run("backup", shell.configuration(), file))
                .as(shell.err())
                .isTrue();
        assertThat(shell.out())
                .isEqualTo("Saved revision 2 in " + file
                        + ". Routes: 1; consumers and identity providers: 2; credentials: 1; revisions: 2.\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        assertThat(restore()).as(other.err()).isTrue();
        assertThat(other.out()).isEqualTo("Restored revision 2 from " + file + ".\n");
        for (BackupTable table : BackupTable.values()) {
            assertThat(rows(empty, table)).as(table.word()).isNotEmpty().isEqualTo(rows(lost, table));
        }
        assertThat(execute(empty, "select author || ' ' || reason || ' ' || revision from audit"))
                .containsExactly("operator restore-backup 2");
        assertThat(execute(empty, "select number::text from credential_version"))
                .containsExactly("2");
    }

    @Test
    void aBackupWithoutHistoryHasTheLatestRevisionOnly() {
        assertThat(shell.run("backup", shell.configuration(), file, "--no-history"))
                .isTrue();
        assertThat(restore()).as(other.err()).isTrue();

        assertThat(execute(empty, "select number::text from revision")).containsExactly("2");
        assertThat(execute(empty, "select distinct revision::text from change")).containsExactly("2");
        assertThat(rows(empty, BackupTable.ROUTE)).isEqualTo(rows(lost, BackupTable.ROUTE));
        assertThat(other.run("routes", "export", other.configuration())).isTrue();
        assertThat(other.out()).contains("\"revision\" : 2", "/people", "acme");
    }

    @Test
    void anUnconfirmedRevisionStaysUnconfirmed() {
        execute(lost, "update latest_revision set reverts_at = '2026-01-01T00:00Z', guard = 'errors=2%'");
        assertThat(shell.run("backup", shell.configuration(), file)).isTrue();
        assertThat(restore()).as(other.err()).isTrue();

        assertThat(rows(empty, BackupTable.LATEST_REVISION)).isEqualTo(rows(lost, BackupTable.LATEST_REVISION));
    }

    @Test
    void aDatabaseWithAConfigurationIsRefusedAndUnchanged() {
        assertThat(shell.run("backup", shell.configuration(), file)).isTrue();
        assertThat(restore()).isTrue();
        execute(empty, "delete from credential");

        assertThat(restore()).isFalse();
        assertThat(other.err())
                .isEqualTo("Cannot restore the backup: the database has a configuration already, at revision 2."
                        + " Create an empty database, run db migrate, and name it in DATABASE_URL.\n");
        assertThat(other.status()).isOne();
        assertThat(rows(empty, BackupTable.CREDENTIAL)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "pintleBackup":1      | "pintleBackup":2 | has the backup format 2, and this version reads format 1.
            "pintleBackup":1      | "other":1        | is not a backup.
            /people               | /peopel          | is damaged or incomplete
            {"table":"credential" | {"table":"audit" | is damaged or incomplete
            "rows"                | "row"            | is damaged or incomplete
            """)
    void aFileThatIsNotACompleteBackupIsRefused(String good, String bad, String message) throws IOException {
        assertThat(shell.run("backup", shell.configuration(), file)).isTrue();
        Files.writeString(file, Files.readString(file).replace(good, bad));

        assertThat(restore()).isFalse();
        assertThat(other.err()).startsWith(file + " " + message);
        assertThat(execute(empty, "select number::text from latest_revision")).containsExactly("0");
    }

    @Test
    void aRestoreThatFailsInTheMiddleChangesNothing() {
        assertThat(shell.run("backup", shell.configuration(), file)).isTrue();
        execute(empty, "alter table latest_revision add constraint low check (number < 2)");

        assertThat(restore()).isFalse();
        assertThat(other.err()).contains("violates check constraint");
        assertThat(rows(empty, BackupTable.ROUTE)).isEmpty();
        assertThat(rows(empty, BackupTable.CREDENTIAL)).isEmpty();
    }

    @Test
    void aFileThatCannotBeWrittenOrReadIsReported() {
        Path nowhere = folder.resolve("nowhere/x");
        assertThat(shell.run("backup", shell.configuration(), nowhere)).isFalse();
        assertThat(shell.err()).isEqualTo("Cannot write " + nowhere + ": no such file or directory.\n");
        assertThat(restore()).isFalse();
        assertThat(other.err()).isEqualTo("Cannot read " + file + ": no such file or directory.\n");
    }

    @Test
    void aWriterThatDoesNotFinishLeavesTheEarlierFile() throws IOException {
        Files.writeString(file, "earlier");
        try (BackupWriter writer = BackupWriter.open(file, Instant.EPOCH)) {
            assertThat(writer).isNotNull();
        }
        assertThat(file).hasContent("earlier");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString())).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    /** A migration that adds a table or a column must say whether a backup has it. */
    @Test
    void everyColumnIsInABackupOrLeftOutOnPurpose() {
        List<String> leftOut = List.of(
                "audit",
                "audit_head",
                "console_sign_out",
                "credential_version",
                "document_schema",
                "flyway_schema_history",
                "forced_circuit",
                "limit_reset",
                "maintenance",
                "node");
        assertThat(execute(
                        empty, "select table_name::text from information_schema.tables where table_schema = 'public'"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                leftOut.stream(),
                                Arrays.stream(BackupTable.values()).map(BackupTable::word))
                        .toList());
        for (BackupTable table : BackupTable.values()) {
            assertThat(execute(empty, """
                            select column_name::text from information_schema.columns
                            where column_name <> 'only_row' and table_name = '%s'""".formatted(table.word())))
                    .as(table.word())
                    .containsExactlyInAnyOrderElementsOf(table.columns());
        }
    }

    private boolean restore() {
        return other.run("restore-backup", other.configuration(), file, "--author", "operator");
    }

    private void load(String routes, String route) {
        assertThat(shell.run(
                        "routes", "import", shell.configuration(), shell.file("routes.json", routes.formatted(route))))
                .as(shell.err())
                .isTrue();
    }

    private static String route(String path) {
        return """
                {"id":"users","match":{"path":"%s"},"upstream":{"targets":[{"url":"http://127.0.0.1:9"}]}}""".formatted(path);
    }

    /** A backup replaces the line breaks between the tokens of a document by spaces. */
    private static List<String> rows(TestDatabase database, BackupTable table) {
        return execute(
                database,
                "select translate(row_to_json(t)::text, E'\\r\\n', '  ') from %s t order by 1".formatted(table.word()));
    }

    /** Runs a statement, and returns the first column of its rows. */
    private static List<String> execute(TestDatabase database, String sql) {
        return Jdbi.create(database.url())
                .withHandle(handle -> sql.startsWith("select")
                        ? handle.select(sql).mapTo(String.class).list()
                        : List.of(Integer.toString(handle.execute(sql))));
    }
}
