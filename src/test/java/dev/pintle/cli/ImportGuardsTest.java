package dev.pintle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** An import records its author and undoes no change that is newer than its file. */
class ImportGuardsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Logger audit = (Logger) LoggerFactory.getLogger("audit");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @TempDir
    private Path folder;

    private CommandLine shell;
    private Jdbi jdbi;

    @BeforeEach
    void open() {
        TestDatabase database = TestPostgres.migratedDatabase();
        shell = new CommandLine(folder, database.url());
        jdbi = Jdbi.create(database.configuration().listening());
        lines.start();
        audit.setLevel(Level.INFO);
        audit.addAppender(lines);
    }

    @AfterEach
    void close() {
        audit.detachAppender(lines);
    }

    @Test
    void theAuthorIsTheUserOfTheOperatingSystemUnlessANameIsGiven() {
        load("{\"routes\": [%s]}".formatted(route("a", "")));
        load("{\"routes\": [%s]}".formatted(route("b", "")), "--author", "ada", "--reason", "ticket 7");

        assertThat(query("select author || ' ' || cause || ' ' || coalesce(reason, '-') from revision order by number"))
                .containsExactly(System.getProperty("user.name") + " import -", "ada import ticket 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb", "a\u001bb"})
    void aBlankAuthorOrOneWithControlCharactersIsRefused(String name) {
        assertThat(imports("{\"routes\": []}", "--author", name)).isFalse();
        assertThat(shell.err())
                .startsWith("--author must have 1 to 100 characters")
                .hasLineCount(1);
    }

    @Test
    void aReasonHasTheLimitOfTheAdminApi() {
        String file = "{\"routes\": [%s]}".formatted(route("a", ""));
        assertThat(imports(file, "--reason", "r".repeat(501))).isFalse();
        assertThat(shell.err()).startsWith("--reason must have 1 to 500 characters");
        assertThat(imports(file, "--reason", "r".repeat(500))).isTrue();
    }

    @Test
    void theAuditLogHasEveryImport() throws Exception {
        load("{\"routes\": [%s]}".formatted(route("a", "")), "--author", "ada", "--reason", "ticket 7");
        imports("{\"routes\": []}", "--author", "bob", "--replace");
        imports("{\"routes\": [{\"id\": \"B\"}]}", "--author", "eve");

        List<JsonNode> logged = new ArrayList<>();
        for (ILoggingEvent line : lines.list) {
            logged.add(JSON.readTree(line.getFormattedMessage()));
        }
        assertThat(logged)
                .extracting(line -> line.path("event").asText()
                        + ' '
                        + line.path("author").asText()
                        + ' '
                        + line.path("outcome").asText())
                .containsExactly("import ada done", "import bob refused", "import eve refused");
        assertThat(logged.getFirst().path("revision").asLong()).isEqualTo(1);
        assertThat(logged.getFirst().path("reason").asText()).isEqualTo("ticket 7");
        assertThat(logged.getFirst().path("detail").asText()).startsWith("1 created");
        assertThat(logged.getFirst().path("file").asText()).endsWith("routes.json");
        assertThat(logged.get(1).path("detail").asText()).contains("--allow-empty");
    }

    @Test
    void ifRevisionMustBeTheLatest() {
        String file = "{\"routes\": [%s]}".formatted(route("a", ""));
        load(file);

        assertThat(imports("{\"routes\": [%s]}".formatted(route("a", "two")), "--if-revision", "0"))
                .isFalse();
        assertThat(shell.err()).startsWith("The latest revision is 1, not 0.");
        load("{\"routes\": [%s]}".formatted(route("a", "two")), "--if-revision", "1");
        assertThat(ids()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"routes\": []}", "{\"routes\": [], \"defaults\": {}}", "{}"})
    void anEmptyFileReplacesNothingWithoutAllowEmpty(String empty) {
        load("{\"routes\": [%s, %s]}".formatted(route("a", ""), route("b", "")));

        assertThat(imports(empty, "--replace")).isFalse();
        assertThat(ids()).containsExactly("a", "b");
        if (!empty.equals("{}")) {
            assertThat(shell.err()).contains("every route (stored: 2)", "--allow-empty");
            load(empty, "--replace", "--allow-empty");
            assertThat(ids()).isEmpty();
        }
    }

    @Test
    void aStaleExportOverwritesNoNewerRoute() {
        String stale = exportOf(route("a", "one"), route("b", "one"));
        load("{\"routes\": [%s]}".formatted(route("a", "newer")));

        assertThat(imports(stale)).isFalse();
        assertThat(shell.err())
                .contains("exported at revision 1", "until revision 2", "route a", "--overwrite-newer")
                .doesNotContain("route b");
        assertThat(query("select document ->> 'description' from route where id = 'a'"))
                .containsExactly("newer");

        load(stale, "--overwrite-newer");
        assertThat(query("select document ->> 'description' from route where id = 'a'"))
                .containsExactly("one");
    }

    @Test
    void aStaleExportBringsBackNoDeletedRoute() {
        String stale = exportOf(route("a", ""), route("b", ""));
        load("{\"routes\": [%s]}".formatted(route("a", "")), "--replace");

        assertThat(imports(stale)).isFalse();
        assertThat(shell.err()).contains("route b");
        assertThat(ids()).containsExactly("a");
    }

    @Test
    void aStaleExportRemovesNoNewerRoute() {
        String stale = exportOf(route("a", ""));
        load("{\"routes\": [%s]}".formatted(route("b", "")));

        assertThat(imports(stale, "--replace")).isFalse();
        assertThat(shell.err()).contains("route b");
        load(stale);
        assertThat(ids()).containsExactly("a", "b");
    }

    @Test
    void aStaleExportOverwritesNoNewerDefaults() {
        String stale = exportOf(route("a", ""));
        load("{\"routes\": [], \"defaults\": {\"maxRequestBody\": \"1MiB\"}}");

        assertThat(imports(stale)).isFalse();
        assertThat(shell.err()).contains("the defaults");
    }

    @Test
    void anEditedExportIsImportedIfNothingElseChanged() {
        String edited = exportOf(route("a", "one"), route("b", "one")).replace("\"one\"", "\"two\"");
        load("{\"routes\": [%s]}".formatted(route("c", "")));

        load(edited);

        assertThat(query("select distinct document ->> 'description' from route where id in ('a', 'b')"))
                .containsExactly("two");
    }

    @Test
    void aDocumentEqualToTheFileCountsAsUnchanged() {
        String stale = exportOf(route("a", "one"));
        load("{\"routes\": [%s]}".formatted(route("a", "two")));
        load("{\"routes\": [%s]}".formatted(route("a", "one")));

        load(stale);
    }

    @Test
    void anExportOfAnotherDatabaseFillsAnEmptyOneAndOverwritesNoOther() {
        String elsewhere = "{\"revision\": 900, \"routes\": [%s]}";
        load(elsewhere.formatted(route("a", "one")));

        assertThat(imports(elsewhere.formatted(route("a", "two")))).isFalse();
        assertThat(shell.err()).contains("never reached", "route a");
        load(elsewhere.formatted(route("b", "")));
    }

    @Test
    void withoutHistoryTheRevisionOfEachDocumentDecides() {
        String stale = exportOf(route("a", "one"), route("b", "one"));
        load("{\"routes\": [%s]}".formatted(route("a", "newer")));
        load("{\"routes\": [%s]}".formatted(route("c", "")));
        jdbi.useHandle(handle -> handle.execute("delete from revision where number < 3"));

        assertThat(imports(stale)).isFalse();
        assertThat(shell.err()).contains("route a").doesNotContain("route b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "\"7\"", "99999999999999999999", "[]"})
    void anInvalidRevisionIsRefused(String revision) {
        assertThat(imports("{\"revision\": %s, \"routes\": []}".formatted(revision)))
                .isFalse();
        assertThat(shell.err()).startsWith("/revision: ").hasLineCount(1);
    }

    /** Imports routes, and returns the export. */
    private String exportOf(String... routes) {
        load("{\"routes\": [%s]}".formatted(String.join(", ", routes)));
        shell.run("routes", "export", shell.configuration());
        return shell.out();
    }

    @Test
    void anImportWaitsForTheNodesAndNamesThoseThatDoNotFollow() {
        load("{\"routes\": [%s]}".formatted(route("a", "")), "--wait");
        assertThat(shell.out()).contains("Revision 1 is served by 0/0 nodes.");
        jdbi.useHandle(handle -> handle.execute("""
                insert into node (id, name, seen)
                values ('00000000-0000-0000-0000-000000000001', 'frozen', now() - interval '1 minute')"""));

        assertThat(imports("{\"routes\": [%s]}".formatted(route("b", "")), "--wait"))
                .isFalse();

        assertThat(shell.err()).contains("Node frozen does not serve it yet (lost).");
        assertThat(query("select id from route order by id")).containsExactly("a", "b");
    }

    @Test
    void anImportMayRevertUnlessItIsConfirmedOrByItsBounds() {
        load("{\"routes\": [%s]}".formatted(route("a", "")), "--confirm", "2m; errors=2%");

        assertThat(shell.out()).contains("unless it is confirmed: bin/pintle confirm 1");
        assertThat(query("select guard from latest_revision")).containsExactly("errors=2%; atLeast=50");
        assertThat(imports("{\"routes\": []}", "--confirm", "2m; errors=200%")).isFalse();
        assertThat(shell.err()).contains("--confirm must have errors as a percentage below 100, such as errors=2%.");
    }

    private void load(String file, String... options) {
        assertThat(imports(file, options)).as(shell.err()).isTrue();
    }

    private boolean imports(String file, String... options) {
        Path written = shell.file("routes.json", file);
        List<Object> words = new ArrayList<>(List.of("routes", "import", shell.configuration(), written));
        words.addAll(List.of(options));
        return shell.run(words.toArray());
    }

    private List<String> ids() {
        return query("select id from route order by id");
    }

    private List<String> query(String sql) {
        return jdbi.withHandle(handle -> handle.select(sql).mapTo(String.class).list());
    }

    private static String route(String id, String description) {
        return """
                {"id":"%s","description":"%s","match":{"path":"/%s"},"upstream":{"targets":[{"url":"http://127.0.0.1:9"}]}}""".formatted(id, description, id);
    }
}
