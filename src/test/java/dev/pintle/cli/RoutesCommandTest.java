package dev.pintle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesCommandTest {
    private static final String FLAT = """
            {"/users": {"backend": "http://localhost:5001", "timeout": 3, "retries": 2},
             "/orders": {"backend": "http://localhost:5002"}}""";

    @TempDir
    private Path folder;

    private CommandLine shell;

    @BeforeEach
    void open() {
        TestDatabase database = TestPostgres.migratedDatabase();
        shell = new CommandLine(folder, database.url());
    }

    @Test
    void importPrintsItsResult() {
        assertThat(load(FLAT)).isEqualTo("2 created, 0 replaced, 0 unchanged; revision 1\n");
        assertThat(load(FLAT.replace("5002", "5003"))).isEqualTo("0 created, 1 replaced, 1 unchanged; revision 2\n");
    }

    @Test
    void aRepeatedImportChangesNothing() {
        load(FLAT);
        assertThat(load(FLAT)).isEqualTo("0 created, 0 replaced, 2 unchanged; revision 1\n");
    }

    @Test
    void anExportCanBeImported() throws IOException {
        load("{\"defaults\": {\"timeout\": {\"total\": \"5s\"}}, \"routes\": [%s]}"
                .formatted(route("users", "/users")));
        assertThat(shell.run("routes", "export", shell.configuration(), folder.resolve("all.json")))
                .isTrue();
        assertThat(shell.out()).isEqualTo("Routes: 1; revision 1\n");
        String exported = Files.readString(folder.resolve("all.json"));

        assertThat(load(exported)).isEqualTo("0 created, 0 replaced, 1 unchanged; defaults unchanged; revision 1\n");
        assertThat(new ObjectMapper().readTree(exported).toString())
                .isEqualTo("{\"revision\":1,\"defaults\":{\"timeout\":{\"total\":\"5s\"}},\"routes\":["
                        + route("users", "/users") + "]}");
    }

    @Test
    void exportWithoutAFilePrints() {
        load(FLAT);
        assertThat(shell.run("routes", "export", shell.configuration())).isTrue();
        assertThat(shell.out()).contains("\"revision\" : 1", "\"orders\"", "\"users\"");
    }

    @Test
    void replaceRemovesTheRest() {
        load(FLAT);
        Path file = shell.file("one.json", "{\"routes\": [%s]}".formatted(route("carts", "/users")));

        assertThat(shell.run("routes", "import", shell.configuration(), file, "--replace", "--reason", "spring"))
                .isTrue();
        assertThat(shell.out()).isEqualTo("1 created, 0 replaced, 0 unchanged, 2 deleted; revision 2\n");
        shell.run("routes", "export", shell.configuration());
        assertThat(shell.out()).contains("\"carts\"").doesNotContain("\"orders\"");
    }

    @Test
    void anImportIsAllOrNothing() {
        load(FLAT);
        Path file = shell.file(
                "taken.json", "{\"routes\": [%s, %s]}".formatted(route("fine", "/fine"), route("taken", "/users")));

        assertThat(shell.run("routes", "import", shell.configuration(), file)).isFalse();
        assertThat(shell.err())
                .isEqualTo("Route \"taken\" matches exactly the same requests as route"
                        + " \"users\"; change the match of one of them, or delete one.\n");
        shell.run("routes", "export", shell.configuration());
        assertThat(shell.out()).contains("\"revision\" : 1").doesNotContain("fine");
    }

    @Test
    void everyViolationIsOneLineWithItsPointer() {
        Path file = shell.file("bad.json", "{\"routes\": [%s], \"more\": 1}".formatted(route("A", "users")));

        assertThat(shell.run("routes", "check", shell.configuration(), file)).isFalse();
        assertThat(shell.err().lines())
                .anyMatch(line -> line.startsWith("/more: "))
                .anyMatch(line -> line.startsWith("/routes/0/id: "))
                .anyMatch(line -> line.startsWith("/routes/0/match/path: "))
                .hasSize(3);
        assertThat(shell.run("routes", "import", shell.configuration(), file)).isFalse();
        assertThat(shell.err()).contains("/routes/0/id: ");
    }

    @Test
    void invalidJsonIsRefusedWithItsPosition() {
        Path file = shell.file("broken.json", "{\"routes\":\n  [}");

        assertThat(shell.run("routes", "check", shell.configuration(), file)).isFalse();
        assertThat(shell.err())
                .startsWith(file + " cannot be read as JSON at line 2, column 4: ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"url": "http://169.254.169.254"}, {"url": "http://[::1%25lo]"} | | /routes/0/upstream/targets/0/url /routes/0/upstream/targets/1/url
                    {"url": "https://h"} | , "tls": {"clientCertificate": "other"}  | /routes/0/upstream/tls/clientCertificate
                    {"url": "http://h"}  | }, "timeout": {"attempt": "31s"          | /routes/0/timeout/attempt
                    """)
    void checkAndImportApplyEveryRuleOfTheAdminApi(String targets, String more, String pointers) {
        Path file = shell.file("refused.json", """
                {"routes": [{"id": "a", "match": {"path": "/a"}, "upstream": {"targets": [%s]%s}}]}""".formatted(targets, more == null ? "" : more));

        for (String command : List.of("check", "import")) {
            assertThat(shell.run("routes", command, shell.configuration(), file))
                    .isFalse();
            assertThat(shell.err().lines().map(line -> line.split(": ", 2)[0]))
                    .containsExactlyInAnyOrder(pointers.split(" "));
        }
        assertThat(load(FLAT)).endsWith("revision 1\n");
    }

    @Test
    void checkAndImportApplyEveryRuleToIdentityProvidersAndDefaults() {
        for (String file : List.of(
                "{\"routes\": [], \"identityProviders\": [{\"id\": \"main\", \"issuer\": \"http://169.254.169.254\"}]}",
                "{\"routes\": [], \"identityProviders\": [{\"id\": \"main\", \"jwksUri\": \"http://1.2.3/keys\"}]}",
                "{\"routes\": [], \"defaults\": {\"externalAuth\": {\"url\": \"http://169.254.169.254/\"}}}")) {
            Path refused = shell.file("refused.json", file);
            for (String command : List.of("check", "import")) {
                assertThat(shell.run("routes", command, shell.configuration(), refused))
                        .as(file)
                        .isFalse();
            }
        }
    }

    @Test
    void aSimpleFileNamesTheKeyOfEveryViolation() {
        Path file = shell.file("flat.json", """
                {"/a": {"backend": "http://169.254.169.254"}, "/b": {"backend": "http://1.2.3"}}""");

        assertThat(shell.run("routes", "check", shell.configuration(), file)).isFalse();
        assertThat(shell.err().lines().map(line -> line.split(": ", 2)[0]))
                .containsExactly("/~1a/backend", "/~1b/backend");
    }

    @Test
    void routesOfAFileAreValidatedUnderItsDefaultsOrTheStoredOnes() {
        String slow = """
                {"id": "slow", "match": {"path": "/slow"}, "upstream": {"targets": [{"url": "http://h"}]}, "timeout": {"attempt": "40s"}}""";
        String defaults = "{\"defaults\": {\"timeout\": {\"total\": \"%s\"}}, \"routes\": [%s]}";
        assertThat(load(defaults.formatted("50s", slow))).contains("1 created");

        assertThat(load("{\"routes\": [%s]}".formatted(slow.replace("40s", "45s"))))
                .contains("1 replaced");
        Path file = shell.file("short.json", defaults.formatted("42s", ""));
        assertThat(shell.run("routes", "import", shell.configuration(), file)).isFalse();
        assertThat(shell.err()).startsWith("/timeout/attempt: breaks route slow: ");
        assertThat(load(defaults.formatted("42s", slow))).contains("1 replaced");
    }

    @Test
    void aMissingFileIsReportedByName() {
        assertThat(shell.run("routes", "import", shell.configuration(), "nowhere.json"))
                .isFalse();
        assertThat(shell.err()).isEqualTo("nowhere.json cannot be read: no such file or directory\n");
    }

    @Test
    void aDirectoryIsRefused() {
        assertThat(shell.run("routes", "import", shell.configuration(), folder)).isFalse();
        assertThat(shell.err()).isEqualTo(folder + " cannot be read: is a directory\n");
        assertThat(shell.run("routes", "export", shell.configuration(), folder)).isFalse();
        assertThat(shell.err()).startsWith(folder + " cannot be written: ").hasLineCount(1);
    }

    @Test
    void checkNeedsNoDatabase() {
        CommandLine alone = new CommandLine(folder, "");
        assertThat(alone.run("routes", "check", alone.configuration(), alone.file("flat.json", FLAT)))
                .isTrue();
        assertThat(alone.out()).isEqualTo("The file is valid. Routes: 2.\n");
    }

    @Test
    void tenThousandRoutesFitInOneImport() {
        String routes = IntStream.range(0, 10_000)
                .mapToObj(i -> route("route-" + i, "/r/" + i))
                .collect(Collectors.joining(",", "{\"routes\": [", "]}"));
        assertThat(load(routes)).isEqualTo("10000 created, 0 replaced, 0 unchanged; revision 1\n");
    }

    private String load(String routes) {
        assertThat(shell.run("routes", "import", shell.configuration(), shell.file("routes.json", routes)))
                .as(shell.err())
                .isTrue();
        return shell.out();
    }

    private static String route(String id, String path) {
        return """
                {"id":"%s","match":{"path":"%s"},"upstream":{"targets":[{"url":"http://127.0.0.1:9"}]}}""".formatted(id, path);
    }
}
