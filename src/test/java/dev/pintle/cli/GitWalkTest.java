package dev.pintle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.AdminApiHarness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files and commands of docs/how-to/manage-routes-from-git.md do what the page says. */
class GitWalkTest {
    private static final Path PAGE = Path.of("docs/how-to/manage-routes-from-git.md");
    private static final Pattern FILE = Pattern.compile("(?m)^    # (routes/\\S+)\n((?:    .*\n)*)");
    private static final Pattern WALK = Pattern.compile("(?m)^    \\$ bin/pintle (.*)\n((?:    .*\n)*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @Test
    void theCommandsCompareApplyAndProtectTheRoutesOfTheFiles(@TempDir Path folder) throws Exception {
        String page = Files.readString(PAGE);
        Path routes = Files.createDirectory(folder.resolve("routes"));
        List<MatchResult> files = FILE.matcher(page).results().toList();
        for (MatchResult file : files) {
            Files.writeString(folder.resolve(file.group(1)), unindented(file.group(2)));
        }
        List<MatchResult> walk = WALK.matcher(page).results().toList();
        assertThat(files).hasSize(2);
        assertThat(walk).hasSize(4);
        try (AdminApiHarness admin = new AdminApiHarness(folder.resolve("node"))) {
            CommandLine shell = new CommandLine(folder, "")
                    .set("PINTLE_URL", admin.url())
                    .set("PINTLE_ADMIN_TOKEN", AdminApiHarness.TOKEN);

            for (MatchResult step : walk) {
                shell.run(words(step.group(1), routes));
                assertThat(shell.out() + shell.err()).startsWith(unindented(step.group(2)));
            }

            assertThat(admin.sync.current().routes()).containsOnlyKeys("users", "orders");
            assertThat(admin.sync.current().revision()).isEqualTo(1);
        }
    }

    private static Object[] words(String command, Path routes) {
        List<String> words = new ArrayList<>();
        WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .forEach(word -> words.add(word.equals("routes") ? routes.toString() : word));
        return words.toArray();
    }

    private static String unindented(String block) {
        return block.replaceAll("(?m)^    ", "").stripTrailing();
    }
}
