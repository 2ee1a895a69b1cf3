package dev.pintle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of README, tutorial and how-to guides do what the pages say. */
class CommandsTest {
    private static final Path README = Path.of("README.md");
    private static final Pattern NUMBERED = Pattern.compile("bin/pintle (?:revert|restore|show|confirm) \\d");

    /** A command in the background, and the variable that keeps its process. */
    private static final Pattern BACKGROUND = Pattern.compile("(?m)^.* &(?: (?<pid>\\w+)=\\$!)?$");

    private static final Pattern STOP = Pattern.compile("(?m)^kill .*$");

    private static PageRun shared;

    @BeforeAll
    static void start() throws IOException {
        shared = new PageRun();
    }

    @AfterAll
    static void stop() {
        shared.close();
    }

    static Stream<Page> pages() {
        return Stream.of(README, Path.of("docs/tutorial"), Path.of("docs/how-to"))
                .flatMap(CommandsTest::filesIn)
                .map(CommandsTest::read)
                .filter(page -> !page.steps().isEmpty());
    }

    /** The pages share a gateway. Each page finds the configuration of a first start. */
    @ParameterizedTest
    @MethodSource("pages")
    void theCommandsDoWhatThePageSays(Page page) throws Exception {
        shared.run(page);
        shared.restoreFirstRevision();
    }

    /** The reader may have used the gateway before, so the number of a revision is not known. */
    @ParameterizedTest
    @MethodSource("pages")
    void noCommandNamesTheNumberOfARevision(Page page) {
        assertThat(page.steps()).allSatisfy(step -> assertThat(step.command()).doesNotContainPattern(NUMBERED));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageStopsEveryServerThatItStarts(Page page) {
        String commands = page.steps().stream().map(Page.Step::command).collect(Collectors.joining("\n"));
        String stopped =
                STOP.matcher(commands).results().map(MatchResult::group).collect(Collectors.joining("\n"));

        assertThat(BACKGROUND.matcher(commands).results())
                .allSatisfy(start -> assertThat(start.group("pid"))
                        .as("the variable that keeps the process of: %s", start.group())
                        .isNotNull()
                        .satisfies(pid -> assertThat(stopped).containsPattern("\\$" + pid + "\\b")));
    }

    @Test
    void aLineThatTheOutputLacksIsFound() {
        Page.Step step = new Page.Step("", List.of("HTTP/1.1 200 OK", "X-Trace-ID: …", "hello"));

        assertThat(step.missingIn("HTTP/1.1 200 OK\nX-Trace-ID: 1\n\nhello\n")).isEmpty();
        assertThat(step.missingIn("HTTP/1.1 200 OK\n\nhello\n")).isEqualTo("X-Trace-ID: …");
    }

    private static Stream<Path> filesIn(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Page read(Path file) {
        try {
            return Page.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
