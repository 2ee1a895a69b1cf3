package dev.pintle.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.util.JarLocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.sourceforge.argparse4j.ArgumentParsers;
import org.junit.jupiter.api.Test;

/** The reference of the command line is the help of the commands. */
class CommandLineReferenceTest {
    private static final Path PAGE = Path.of("docs/reference/command-line.md");

    /** An action of a command, with its description, in the help of the command. */
    private static final Pattern ACTION = Pattern.compile("(?m)^ {4}([a-z-]+)(?: |$)");

    private static final String INTRODUCTION = """
            # Command line

            For operators: every command of `bin/pintle` and its arguments. This page is generated; `make reference` writes it again.

            Results go to standard output, and errors to standard error. The exit status is 0 after a success.
            """;

    /** {@code make reference} sets the property: then the test writes the page. */
    @Test
    void thePageIsTheHelpOfEveryCommand() throws IOException {
        String page = page();
        if (Boolean.getBoolean("pintle.reference.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(page).contains("## pintle server\n", "## pintle db migrate\n", "## pintle routes import\n");
        assertThat(PAGE)
                .as("%s is stale: run `make reference` and commit the page", PAGE)
                .hasContent(page);
    }

    @SuppressWarnings("deprecation") // Dropwizard creates the parser, so only the switch for all parsers reaches it.
    private static String page() {
        // The page must not depend on the width of a terminal.
        ArgumentParsers.setTerminalWidthDetection(false);
        Bootstrap<PintleConfiguration> bootstrap = new Bootstrap<>(new PintleApplication());
        new PintleApplication().addDefaultCommands(bootstrap);
        StringBuilder page = new StringBuilder(INTRODUCTION);
        bootstrap.getCommands().stream()
                .map(Command::getName)
                .sorted(Comparator.naturalOrder())
                .forEach(command -> {
                    String help = help(bootstrap, command, "--help");
                    List<String> actions = ACTION.matcher(help)
                            .results()
                            .map(MatchResult::group)
                            .map(String::strip)
                            .toList();
                    if (actions.isEmpty()) {
                        page.append(section(command, help));
                    }
                    for (String action : actions) {
                        page.append(section(command + ' ' + action, help(bootstrap, command, action, "--help")));
                    }
                });
        return page.toString();
    }

    private static String section(String command, String help) {
        return "\n## pintle " + command + "\n\n```text\n" + help.strip() + "\n```\n";
    }

    private static String help(Bootstrap<PintleConfiguration> bootstrap, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream console = System.out;
        // The parser prints the help of an action to standard output.
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            new Cli(new JarLocation(PintleApplication.class), bootstrap, out, out).run(arguments);
        } finally {
            System.setOut(console);
        }
        // The parser justifies lines with double spaces.
        return out.toString(StandardCharsets.UTF_8)
                .replaceFirst("^usage: .*?\\.jar ", "usage: bin/pintle ")
                .replaceAll("(?<=\\S)  (?=\\S)", " ");
    }
}
