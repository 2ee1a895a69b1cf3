package dev.pintle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/how-to/roll-back-a-change.md work as the page describes. */
class RollBackWalkTest {
    private static final Path PAGE = Path.of("docs/how-to/roll-back-a-change.md");
    private static final Pattern WALK = Pattern.compile("(?m)^    \\$ bin/pintle (.*)\n((?:(?:    .*)?\n)*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @Test
    void threeCommandsFindSeeAndRevertTheChangeThatBrokeARoute(@TempDir Path folder) throws Exception {
        List<MatchResult> walk = WALK.matcher(Files.readString(PAGE)).results().toList();
        assertThat(walk).hasSize(3);
        try (RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "users"));
                TestGateway gateway = TestGateway.start()) {
            gateway.route("users", "/users", upstream.url());
            gateway.route("orders", "/orders", upstream.url());
            breakUsers(gateway);
            gateway.route("orders", "/orders", upstream.url(), ", \"enabled\": false");
            assertThat(gateway.get("/users").statusCode()).isEqualTo(404);
            CommandLine shell = new CommandLine(folder, "")
                    .set("PINTLE_URL", gateway.adminUrl())
                    .set("PINTLE_ADMIN_TOKEN", TestGateway.TOKEN);

            for (MatchResult step : walk) {
                assertThat(shell.run(words(step.group(1)).toArray()))
                        .as(shell.err())
                        .isTrue();
                assertThat(withoutTimes(shell.out())).startsWith(withoutTimes(unindented(step.group(2))));
            }

            assertThat(gateway.get("/users").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/orders").statusCode()).isEqualTo(404);
        }
    }

    private static void breakUsers(TestGateway gateway) throws Exception {
        TestGateway.send(HttpRequest.newBuilder(URI.create(gateway.adminUrl() + "/api/v1/routes/users"))
                .header("Authorization", "Bearer " + TestGateway.TOKEN)
                .header("Content-Type", "application/json")
                .header("Pintle-Reason", "Rename users to people")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"match\": {\"path\": \"/people\"}}"))
                .build());
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        WORD.matcher(command)
                .results()
                .forEach(word -> words.add(word.group(1) == null ? word.group(2) : word.group(1)));
        return words;
    }

    private static String unindented(String block) {
        return block.replaceAll("(?m)^    ", "").stripTrailing();
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("[0-9]{4}-[0-9-]+T[0-9:]+Z", "TIME");
    }
}
