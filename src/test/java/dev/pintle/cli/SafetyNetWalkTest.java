package dev.pintle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/how-to/change-with-a-safety-net.md do what the page says. */
class SafetyNetWalkTest {
    private static final Path PAGE = Path.of("docs/how-to/change-with-a-safety-net.md");
    private static final Pattern STEP = Pattern.compile("(?m)^    \\$ (.*)\n((?:    [^$\n].*\n)*)");
    private static final Pattern OPTION = Pattern.compile("-H \"([^:]+): ([^\"]*)\"");
    private static final Pattern CALL = Pattern.compile("curl -X (\\w+) \"\\$PINTLE_URL([^\"]*)\" (.*) -d '(.*)'");

    @Test
    void aChangeIsConfirmedAndAnotherRevertsByItself(@TempDir Path folder) throws Exception {
        List<MatchResult> steps = STEP.matcher(Files.readString(PAGE)).results().toList();
        assertThat(steps).hasSize(7);
        TestDatabase database = TestPostgres.migratedDatabase();
        try (RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "users"));
                TestGateway gateway = TestGateway.start(database, TestGateway.newFolder())) {
            gateway.route("users", "/users", upstream.url());
            gateway.route("orders", "/orders", upstream.url());
            CommandLine shell = new CommandLine(folder, "")
                    .set("PINTLE_URL", gateway.adminUrl())
                    .set("PINTLE_ADMIN_TOKEN", TestGateway.TOKEN);

            for (MatchResult step : steps) {
                assertThat(withoutTimes(run(step.group(1), gateway, shell)))
                        .startsWith(withoutTimes(step.group(2).replaceAll("(?m)^    ", ""))
                                .strip());
                if (step.group(1).contains("--confirm 10s")) {
                    endTheTime(database);
                    await().atMost(Duration.ofSeconds(30))
                            .until(() -> shell.run("log") && shell.out().contains("auto-revert of 4"));
                }
            }
        }
    }

    private static String run(String command, TestGateway gateway, CommandLine shell) {
        if (command.startsWith("bin/pintle ")) {
            boolean done = shell.run(
                    (Object[]) command.substring("bin/pintle ".length()).split(" "));
            return (done ? shell.out() : shell.err()).strip();
        }
        MatchResult call = CALL.matcher(command).results().findFirst().orElseThrow();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.adminUrl() + call.group(2)));
        OPTION.matcher(call.group(3))
                .results()
                .forEach(option -> request.header(
                        option.group(1), option.group(2).replace("$PINTLE_ADMIN_TOKEN", TestGateway.TOKEN)));
        return TestGateway.send(request.method(call.group(1), BodyPublishers.ofString(call.group(4)))
                        .build())
                .body();
    }

    private static void endTheTime(TestDatabase database) throws Exception {
        try (Connection connection = database.configuration().listening().getConnection()) {
            connection.createStatement().execute("update latest_revision set reverts_at = now()");
        }
    }

    /** The widths of columns go by the times in them. */
    private static String withoutTimes(String text) {
        return text.replaceAll("[0-9]{4}-[0-9-]+T[0-9:.]+Z", "TIME").replaceAll(" {2,}", "  ");
    }
}
