package dev.pintle.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The fenced code blocks of a page.
 *
 * <p>A {@code sh} block runs. A {@code text} block right behind it lists lines that its output must contain in this order;
 * {@code …} stands for any text. A {@code sh} block whose info string goes on, as in {@code sh needs systemd}, does not run.
 */
record Page(Path file, List<Step> steps) {
    private static final Pattern STEP =
            Pattern.compile("(?ms)^```sh\\n(?<command>.*?)^```\\n(?:\\n```text\\n(?<expected>.*?)^```\\n)?");

    /** A command and the lines of its output; no lines when the page shows none. */
    record Step(String command, List<String> expected) {
        private static Step of(MatchResult match) {
            String expected = match.group("expected");
            return new Step(
                    match.group("command"),
                    expected == null
                            ? List.of()
                            : expected.lines()
                                    .map(String::strip)
                                    .filter(line -> !line.isEmpty())
                                    .toList());
        }

        /** The first expected line that the output lacks; empty when it has all of them in order. */
        String missingIn(String output) {
            int from = 0;
            for (String line : expected) {
                Pattern wanted = Pattern.compile(Pattern.quote(line).replace("…", "\\E.*\\Q"));
                var found = wanted.matcher(output);
                if (!found.find(from)) {
                    return line;
                }
                from = found.end();
            }
            return "";
        }
    }

    static Page read(Path file) throws IOException {
        return new Page(
                file,
                STEP.matcher(Files.readString(file)).results().map(Step::of).toList());
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
