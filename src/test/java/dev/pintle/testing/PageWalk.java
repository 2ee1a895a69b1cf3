package dev.pintle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Runs the commands of a page of docs/how-to in order. A command begins with {@code $} in an indented block, and
 * continues in lines with more indentation. The lines below it are expected in its output.
 */
public final class PageWalk {
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^    \\$ (?<command>.*(?:\n {5,}.*)*)\n(?<output>(?:    (?!\\$ ).*\n)*)");

    private final Path page;
    private final Map<String, String> addresses;

    /**
     * Creates the run of a page.
     *
     * @param addresses the addresses on the page and their replacements
     */
    public PageWalk(String page, Map<String, String> addresses) {
        this.page = Path.of("docs/how-to", page);
        this.addresses = addresses;
    }

    /**
     * Runs the commands and compares their output.
     *
     * @return the number of commands
     */
    public int run() throws IOException, InterruptedException {
        String text = Files.readString(page);
        for (Map.Entry<String, String> address : addresses.entrySet()) {
            text = text.replace(address.getKey(), address.getValue());
        }
        List<String> commands = new ArrayList<>();
        var found = COMMAND.matcher(text);
        while (found.find()) {
            commands.add(found.group("command"));
            String output = output(found.group("command"));
            for (String line : found.group("output").lines().map(String::strip).toList()) {
                assertThat(output).as(found.group("command")).contains(line);
            }
        }
        return commands.size();
    }

    private static String output(String command) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
        shell.environment().put("TOKEN", TestGateway.TOKEN);
        Process process = shell.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + '\n' + output).isZero();
        return output;
    }
}
