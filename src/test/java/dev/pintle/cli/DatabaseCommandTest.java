package dev.pintle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.embedded.EmbeddedDatabase;
import dev.pintle.testing.TestDataDirectory;
import dev.pintle.testing.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseCommandTest {
    @TempDir
    private Path folder;

    @Test
    void migrateUpdatesTheSchemaAndInfoPrintsIt() {
        CommandLine shell = new CommandLine(folder, TestPostgres.newDatabase().url());

        assertThat(shell.run("db", "info", shell.configuration())).isTrue();
        assertThat(shell.out()).matches("(?s)1 +Pending +routes and revisions\n.*");
        assertThat(shell.run("db", "migrate", shell.configuration())).isTrue();
        assertThat(shell.out()).startsWith("Migrations applied: ").doesNotStartWith("Migrations applied: 0");
        assertThat(shell.run("db", "info", shell.configuration())).isTrue();
        assertThat(shell.out()).matches("(?s)1 +Success +routes and revisions\n.*");
        assertThat(shell.run("db", "migrate", shell.configuration())).isTrue();
        assertThat(shell.out()).isEqualTo("Migrations applied: 0. The schema is up to date.\n");
    }

    @Test
    void withoutADatabaseUrlTheRunningEmbeddedDatabaseIsUsed() throws Exception {
        Path data = TestDataDirectory.withPostgres();
        CommandLine shell = new CommandLine(data, "");
        try (EmbeddedDatabase running = EmbeddedDatabase.start(data.resolve("postgres"))) {
            assertThat(shell.run("db", "migrate", shell.configuration())).isTrue();
            assertThat(EmbeddedDatabase.running(data.resolve("postgres"))).hasValue(running.url());
        }
    }

    @Test
    void withoutADatabaseUrlTheEmbeddedDatabaseIsStartedForTheCommand() {
        Path data = TestDataDirectory.withPostgres();
        CommandLine shell = new CommandLine(data, "");

        assertThat(shell.run("db", "migrate", shell.configuration())).isTrue();
        assertThat(EmbeddedDatabase.running(data.resolve("postgres"))).isEmpty();
        assertThat(shell.run("db", "info", shell.configuration())).isTrue();
        assertThat(shell.out()).contains("Success");
    }

    @Test
    void anUnavailableDatabaseIsReportedInOneSentence() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        CommandLine shell = new CommandLine(folder, "postgres://someone:secret@localhost:" + closed + "/pintle");

        assertThat(shell.run("db", "migrate", shell.configuration())).isFalse();
        assertThat(shell.err())
                .startsWith("PostgreSQL is unavailable: ")
                .contains("localhost:" + closed)
                .doesNotContain("secret")
                .hasLineCount(1);
    }

    @Test
    void aMissingSchemaIsReportedWithTheRemedy() {
        CommandLine shell = new CommandLine(folder, TestPostgres.newDatabase().url());

        assertThat(shell.run("routes", "export", shell.configuration())).isFalse();
        assertThat(shell.err()).contains("db migrate").hasLineCount(1);
    }

    @Test
    void aMissingConfigurationIsReportedByName() {
        CommandLine shell = new CommandLine(folder, "");
        assertThat(shell.run("db", "migrate", "nowhere.yml")).isFalse();
        assertThat(shell.err()).contains("nowhere.yml").hasLineCount(1);
    }
}
