package dev.pintle.cli;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.RawUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryCommandsTest {
    @TempDir
    private Path folder;

    private AdminApiHarness admin;
    private CommandLine shell;

    @BeforeEach
    void writeThreeRevisions() throws Exception {
        admin = new AdminApiHarness(folder.resolve("node"));
        admin.put("users", route("/users"));
        admin.call("PUT", "/api/v1/routes/users")
                .with("Pintle-Reason", "ticket 7")
                .send(route("/people"));
        admin.call("PUT", "/api/v1/defaults").send("{\"timeout\": {\"total\": \"5s\"}}");
        shell = new CommandLine(folder, "")
                .set("PINTLE_URL", admin.url())
                .set("PINTLE_ADMIN_TOKEN", AdminApiHarness.TOKEN);
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void logListsRevisionsInColumns() {
        assertThat(shell.run("log")).as(shell.err()).isTrue();
        assertThat(shell.out().lines().map(line -> line.replaceAll("[0-9-]+T[0-9:]+Z", "TIME")))
                .containsExactly(
                        "revision  state  time                  author  cause  changes             reason",
                        "3         live   TIME  admin   edit   update defaults",
                        "2         past   TIME  admin   edit   update route users  ticket 7",
                        "1         past   TIME  admin   edit   create route users");
        shell.run("log", "--route", "users", "--limit", "1");
        assertThat(shell.out()).contains("ticket 7", "More: --before 2\n").doesNotContain("defaults");
        shell.run("log", "--author", "no one");
        assertThat(shell.out()).hasLineCount(1);
    }

    @Test
    void showPrintsTheRevisionAndItsDiff() {
        assertThat(shell.run("show", "2")).as(shell.err()).isTrue();
        assertThat(shell.out())
                .startsWith("revision 2 (past)\nauthor   admin\n")
                .contains("reason   ticket 7\n\n--- routes/users.json\trevision 1\n+++ routes/users.json\trevision 2\n")
                .contains("-    \"path\": \"/users\"\n+    \"path\": \"/people\"\n");
    }

    @Test
    void diffPrintsTheDifferencesAndExitsWithTwo() {
        shell.run("diff");
        assertThat(shell.status()).isEqualTo(2);
        assertThat(shell.err()).isEmpty();
        assertThat(shell.out())
                .contains("+    \"total\": \"5s\"")
                .endsWith("Effective changes: 1\n  users /timeout/total: \"30s\" -> \"5s\" (defaults)\n");
        shell.run("diff", "--from", "2", "--to", "2");
        assertThat(shell.status()).isZero();
        assertThat(shell.out()).isEqualTo("Revision 2 and revision 2 do not differ.\n");
    }

    @Test
    void restoreAndRevertPrintTheirChanges() {
        assertThat(shell.run("revert", "2", "--reason", "404s")).as(shell.err()).isTrue();
        assertThat(shell.out()).isEqualTo("Revision 4 reverts revision 2: update route users.\n");
        assertThat(shell.run("restore", "1")).as(shell.err()).isTrue();
        assertThat(shell.out()).isEqualTo("Revision 5 restores revision 1: update defaults.\n");
        assertThat(shell.run("restore", "2", "--routes", "users"))
                .as(shell.err())
                .isTrue();
        assertThat(shell.out()).isEqualTo("Revision 6 restores revision 2: update route users.\n");
        assertThat(shell.run("restore", "6")).as(shell.err()).isTrue();
        assertThat(shell.out()).isEqualTo("Nothing to do: the configuration equals revision 6.\n");
        shell.run("log", "--limit", "3");
        assertThat(shell.out()).contains("restore of 2", "restore of 1", "revert of 2", "404s");
    }

    @Test
    void nodesListsTheNodesInColumns() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> shell.run("nodes") && shell.out().contains("in-sync"));
        assertThat(shell.out().lines().map(line -> line.replaceAll(" +", " ")))
                .hasSize(3)
                .startsWith("latest revision 3", "node state revision source digest version seen id")
                .last()
                .asString()
                .matches("here in-sync 3 database sum-[0-9a-f]{12} 1\\.2\\.3 [0-9-]+T[0-9:]+Z " + admin.id);
    }

    @Test
    void aRevertThatNeedsAConfirmationIsConfirmed() {
        assertThat(shell.run("revert", "2", "--confirm", "2m")).as(shell.err()).isTrue();
        assertThat(shell.out().replaceAll("[0-9-]+T[0-9:]+Z", "TIME"))
                .isEqualTo("Revision 4 is live and reverts at TIME.\nTo keep it: bin/pintle confirm 4\n");
        assertThat(shell.run("restore", "1")).isFalse();
        assertThat(shell.err()).contains("Revision 4 is not confirmed; it reverts at ");
        assertThat(shell.run("confirm", "4")).as(shell.err()).isTrue();
        assertThat(shell.out()).isEqualTo("Revision 4 is confirmed.\n");
        assertThat(shell.run("confirm", "4")).isFalse();
        assertThat(shell.run("restore", "1", "--confirm", "soon")).isFalse();
        assertThat(shell.err()).contains("Pintle-Confirm must be a duration from 10s to 1h");
    }

    @Test
    void aWaitThatANodeDoesNotEndFailsAndNamesTheNode() {
        assertThat(shell.run("revert", "2", "--wait")).as(shell.err()).isTrue();
        assertThat(shell.out()).startsWith("Revision 4 reverts revision 2: ");
        admin.execute("""
                insert into node (id, name, seen)
                values ('00000000-0000-0000-0000-000000000001', 'frozen', now() - interval '1 minute')""");

        assertThat(shell.run("restore", "2", "--wait")).isFalse();
        assertThat(shell.status()).isOne();
        assertThat(shell.out())
                .isEqualTo("Revision 5 restores revision 2.\nNode frozen does not serve it yet (lost).\n");
        assertThat(shell.run("revert", "5", "--wait", "--confirm", "2m")).isFalse();
        assertThat(shell.out()).contains("To keep it: bin/pintle confirm 6\nNode frozen does not serve it yet (lost).");
    }

    @Test
    void jsonIsTheResponseOfTheApi() throws Exception {
        shell.run("log", "--json");
        assertThat(new ObjectMapper().readTree(shell.out()))
                .isEqualTo(admin.get("/api/v1/revisions?limit=20").json());
        shell.run("diff", "--json");
        assertThat(shell.status()).isEqualTo(2);
        assertThat(new ObjectMapper()
                        .readTree(shell.out())
                        .at("/summary/update")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aRejectionIsPrintedWithItsCause() {
        assertThat(shell.run("revert", "1")).isFalse();
        assertThat(shell.status()).isEqualTo(1);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err())
                .startsWith("Cannot revert revision 1: revision 2 changed the route \"users\" after it.")
                .doesNotContain("POST", "/api/v1")
                .endsWith("""

                          revision 2 by admin: update route users
                        Show the latest of them: bin/pintle show 2
                        Revert it first: bin/pintle revert 2
                        """);
        shell.run("show", "99");
        assertThat(shell.err()).isEqualTo("Revision 99 does not exist; the latest revision is 3.\n");
        shell.run("show", "../routes");
        assertThat(shell.err()).startsWith("A revision must be a number such as 42");
        shell.run("revert", "2", "--reason", "Grüße");
        assertThat(shell.err()).startsWith("The reason must be visible ASCII");
        assertThat(shell.status()).isEqualTo(1);
    }

    @Test
    void eachViolationIsOneLine() {
        admin.execute(
                "update change set before = '{\"id\": \"users\", \"match\": {\"path\": \"x\"}}' where revision = 2");
        shell.run("revert", "2");
        assertThat(shell.err()).contains("\n  /changes/0/before/match/path: route users: ");
    }

    @Test
    void theTokenIsReadFromTheDataDirectory() throws Exception {
        Files.writeString(folder.resolve("admin.token"), AdminApiHarness.TOKEN + "\n");
        CommandLine local =
                new CommandLine(folder, "").set("PINTLE_URL", admin.url() + "/").set("PINTLE_DATA", folder.toString());

        assertThat(local.run("log")).as(local.err()).isTrue();
        Files.delete(folder.resolve("admin.token"));
        assertThat(local.run("log")).isFalse();
        assertThat(local.err()).contains("no such file or directory", "PINTLE_ADMIN_TOKEN");
    }

    @Test
    void aConflictNamesTheCommandsThatResolveIt() throws Exception {
        admin.put("users", route("/members"));

        assertThat(shell.run("revert", "2")).isFalse();
        assertThat(shell.err()).endsWith("""
                  revision 4 by admin: update route users
                Show the latest of them: bin/pintle show 4
                Revert it first: bin/pintle revert 4
                Or restore what revision 1 had: bin/pintle restore 1 --routes users
                """);
        assertThat(shell.run("restore", "1", "--routes", "users"))
                .as(shell.err())
                .isTrue();
        assertThat(shell.run("revert", "5")).as(shell.err()).isTrue();
        assertThat(shell.run("revert", "5")).isFalse();
        assertThat(shell.err())
                .startsWith("Revision 5 is already reverted. ")
                .endsWith("\nShow the latest of them: bin/pintle show 6\n");
    }

    @Test
    void aWrongTokenIsReportedWithThePlaceThatHoldsIt() throws Exception {
        shell.set("PINTLE_ADMIN_TOKEN", "wrong-token-of-enough-length");
        assertThat(shell.run("log")).isFalse();
        assertThat(shell.err())
                .isEqualTo("The admin API at " + admin.url() + " (from PINTLE_URL) rejects the token in"
                        + " PINTLE_ADMIN_TOKEN. Set PINTLE_ADMIN_TOKEN to a token of this node, such as the one in"
                        + " admin.token of its data directory.\n");
        Path file = Files.writeString(folder.resolve("admin.token"), "another-token-of-enough-length");
        shell.set("PINTLE_ADMIN_TOKEN", "").set("PINTLE_DATA", folder.toString());
        assertThat(shell.run("log")).isFalse();
        assertThat(shell.err())
                .contains("rejects the token in the file " + file + ". Set PINTLE_DATA")
                .doesNotContain("another-token");
    }

    @Test
    void aTokenWithoutTheRoleIsReportedWithThePlaceThatHoldsIt() {
        shell.set("PINTLE_ADMIN_TOKEN", AdminApiHarness.VIEWER);
        assertThat(shell.run("revert", "2")).isFalse();
        assertThat(shell.err())
                .contains("needs the role editor")
                .endsWith("\nThe token is in PINTLE_ADMIN_TOKEN. Set PINTLE_ADMIN_TOKEN to a token with that role.\n");
    }

    @Test
    void aWrongAddressIsReportedWithItsRemedy() throws Exception {
        shell.set("PINTLE_URL", "ftp://x");
        shell.run("log");
        assertThat(shell.err()).startsWith("PINTLE_URL must be the address");
        shell.set("PINTLE_URL", "http://127.0.0.1:1");
        shell.run("log");
        assertThat(shell.err())
                .isEqualTo("Cannot reach the admin API at http://127.0.0.1:1 (from PINTLE_URL): connection refused."
                        + " Start the node, or set PINTLE_URL to the address of its admin port.\n");
        assertThat(shell.status()).isEqualTo(1);
        shell.set("PINTLE_URL", "http://nowhere.invalid:1");
        shell.run("log");
        assertThat(shell.err()).contains("(from PINTLE_URL): unknown host. ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Proxy-Status: pintle; error=destination_not_found | {"code": "no-route"} | the gateway port of a node
            Server: other                                     | {"error": "gone"}    | another server
            Server: other                                     | <p>Not Found</p>     | another server
            """)
    void anotherPortThanTheAdminPortIsReported(String header, String body, String server) {
        try (RawUpstream other = RawUpstream.that(RawUpstream.answers(404, header, body))) {
            shell.set("PINTLE_URL", other.url());

            assertThat(shell.run("log")).isFalse();
            assertThat(shell.err())
                    .isEqualTo("Cannot find the admin API at " + other.url() + " (from PINTLE_URL): " + server
                            + " answered with status 404. Set PINTLE_URL to the address of the admin port, such as"
                            + " http://127.0.0.1:8081.\n");
        }
    }

    @Test
    void untrustedTextCannotMoveTheCursor() {
        admin.execute("update revision set reason = 'red \u001b[31m' where number = 2");
        shell.run("log");
        assertThat(shell.out()).contains("red ?[31m");
    }
}
