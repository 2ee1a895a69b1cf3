package dev.pintle.cli;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.config.EntityKind;
import dev.pintle.testing.AdminApiHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes from files. Each test has an owner of its own. */
class SyncCommandTest {
    private static AdminApiHarness admin;

    @TempDir
    private Path folder;

    private CommandLine shell;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @BeforeEach
    void login() throws Exception {
        Files.createDirectories(folder.resolve("routes"));
        shell = new CommandLine(folder, "")
                .set("PINTLE_URL", admin.url())
                .set("PINTLE_ADMIN_TOKEN", AdminApiHarness.TOKEN);
    }

    @Test
    void filesOfEveryFormBecomeOneRevision() throws Exception {
        file("one.yaml", yaml("form-one"));
        file("deep/many.yml", yaml("form-two") + "---\n# nothing\n---\n" + yaml("form-three"));
        file("list.json", '[' + json("form-four") + ", " + json("form-five") + ']');
        file(
                "export.json",
                "{\"revision\": 7, \"defaults\": {}, \"routes\": [" + json("form-six")
                        + "], \"consumers\": [{\"id\": \"form-consumer\"}]}");
        file(".git/hidden.yaml", yaml("form-hidden"));
        file("README.md", "no route");
        long before = admin.sync.current().revision();

        assertThat(sync("--owner", "forms", "--reason", "ticket 8"))
                .as(shell.err())
                .isZero();

        assertThat(admin.sync.current().revision()).isEqualTo(before + 1);
        assertThat(admin.sync.current().routes())
                .containsKeys("form-one", "form-two", "form-three", "form-four", "form-five", "form-six")
                .doesNotContainKey("form-hidden");
        assertThat(shell.out())
                .startsWith("Revision " + (before + 1) + ": create consumer form-consumer, create route");
        assertThat(sync("--owner", "forms")).isZero();
        assertThat(shell.out()).startsWith("Nothing to do: revision " + (before + 1));
        assertThat(admin.get("/api/v1/routes/form-one").json().path("owner").asText())
                .isEqualTo("forms");
    }

    @Test
    void aDryRunShowsTheDifferenceAndExitsWithTwo() throws Exception {
        file("a.yaml", yaml("dry"));
        assertThat(sync("--owner", "dry")).isZero();
        long before = admin.sync.current().revision();
        file("a.yaml", yaml("dry") + "timeout:\n  total: 5s\nretry:\n  on: [connect]\n  methods: [POST]\n");

        assertThat(sync("--owner", "dry", "--dry-run")).isEqualTo(2);

        assertThat(shell.out())
                .contains(
                        "update route dry\n  add /timeout {\"total\":\"5s\"}\n",
                        "Effective changes: ",
                        "\"30s\" -> \"5s\"");
        assertThat(admin.sync.current().revision()).isEqualTo(before);
        assertThat(sync("--owner", "dry", "--dry-run", "--json")).isEqualTo(2);
        assertThat(new ObjectMapper().readTree(shell.out()).at("/changes/0/id").asText())
                .isEqualTo("dry");
    }

    @Test
    void pruneRemovesOnlyRoutesOfTheOwner() throws Exception {
        admin.put("prune-manual", route("/prune-manual"));
        file("a.yaml", yaml("prune-kept"));
        file("b.yaml", yaml("prune-gone"));
        sync("--owner", "prune");
        Files.delete(folder.resolve("routes/b.yaml"));

        assertThat(sync("--owner", "prune")).isZero();
        assertThat(shell.out()).startsWith("Nothing to do");
        assertThat(sync("--owner", "prune", "--prune")).isZero();

        assertThat(admin.sync.current().routes())
                .containsKeys("prune-kept", "prune-manual")
                .doesNotContainKey("prune-gone");
    }

    @Test
    void pruneRemovesConsumersAndIdentityProvidersOfTheOwner() throws Exception {
        admin.call("PUT", "/api/v1/consumers/entity-manual").send("{}");
        file("kept.json", "{\"consumers\": [{\"id\": \"entity-kept\"}]}");
        file("gone.json", """
                {"consumers": [{"id": "entity-gone"}],
                 "identityProviders": [{"id": "entity-idp", "issuer": "https://idp.example"}]}""");
        assertThat(sync("--owner", "entities")).as(shell.err()).isZero();
        assertThat(sync("--owner", "entities")).isZero();
        assertThat(shell.out()).startsWith("Nothing to do");
        Files.delete(folder.resolve("routes/gone.json"));

        assertThat(sync("--owner", "others", "--prune")).isOne();
        assertThat(shell.err()).contains("such as consumer \"entity-kept\" of \"entities\"");
        assertThat(sync("--owner", "entities", "--prune")).as(shell.err()).isZero();

        assertThat(shell.out()).contains("delete consumer entity-gone", "delete identity-provider entity-idp");
        assertThat(admin.sync.current().entities(EntityKind.CONSUMER))
                .containsKeys("entity-kept", "entity-manual")
                .doesNotContainKey("entity-gone");
        assertThat(admin.sync.current().entities(EntityKind.IDENTITY_PROVIDER)).doesNotContainKey("entity-idp");
    }

    @Test
    void theRouteOfAnotherOwnerIsNeitherReplacedNorRemoved() throws Exception {
        file("a.yaml", yaml("owned"));
        sync("--owner", "first");
        long before = admin.sync.current().revision();
        file("a.yaml", yaml("owned") + "enabled: false\n");

        assertThat(sync("--owner", "second")).isOne();
        assertThat(shell.err())
                .contains("\"second\" does not own 1 of the documents, such as route \"owned\" of \"first\"");
        assertThat(sync()).isOne();
        assertThat(shell.err()).contains("Route \"owned\" in a.yaml belongs to \"first\"");
        assertThat(admin.call("POST", "/api/v1/changes")
                        .send("{\"owner\": \"second\", \"edits\": [{\"delete\": \"owned\"}]}")
                        .code())
                .isEqualTo("owned-elsewhere");
        assertThat(admin.sync.current().revision()).isEqualTo(before);
    }

    @Test
    void aSyncToBeConfirmedNamesTheCommand() throws Exception {
        file("a.yaml", yaml("confirmed"));

        assertThat(sync("--owner", "confirmed", "--confirm", "2m", "--wait"))
                .as(shell.err())
                .isZero();

        long revision = admin.sync.current().revision();
        assertThat(shell.out())
                .contains("It reverts at ", " unless you confirm it: bin/pintle confirm " + revision + '\n');
        assertThat(admin.call("POST", "/api/v1/revisions/" + revision + "/confirm")
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void violationsNameTheFile() throws Exception {
        file("good.yaml", yaml("named-good"));
        file("bad.yaml", yaml("named-a") + "---\n" + yaml("named-b") + "timeout:\n  total: soon\n");
        long before = admin.sync.current().revision();

        assertThat(sync()).isOne();

        assertThat(shell.err()).contains("  bad.yaml document 2: /timeout/total: ");
        assertThat(admin.sync.current().revision()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            match: {path: /x}                      | a.yaml must have an id
            {id: x, id: y}                         | a.yaml is not YAML at line 1: Duplicate field 'id'
            a: [                                   | a.yaml is not YAML at line
            text                                   | a.yaml must hold a route with its id
            {routes: [], other: 1}                 | a.yaml must hold a route with its id
            {id: &n x, match: {path: *n}}          | a.yaml has a YAML alias at line 1
            [{id: x}, {id: x}]                     | a.yaml document 2 has the route "x", which a.yaml document 1 has
            # nothing                              | has no documents
            """)
    void aFileThatCannotBeMeantIsRefused(String text, String message) throws Exception {
        file("a.yaml", text + '\n');

        assertThat(sync("--prune")).isOne();

        assertThat(shell.err()).contains(message);
    }

    private int sync(String... more) {
        Object[] arguments = new Object[more.length + 3];
        arguments[0] = "sync";
        arguments[1] = "-f";
        arguments[2] = folder.resolve("routes").toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        shell.run(arguments);
        return shell.status();
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve("routes").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String yaml(String id) {
        return "id: " + id + "\nmatch:\n  path: /" + id + "\nupstream:\n  targets:\n    - url: http://127.0.0.1:9\n";
    }

    private static String json(String id) {
        return "{\"id\": \"" + id + "\", " + route('/' + id).substring(1);
    }
}
