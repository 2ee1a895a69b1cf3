package dev.pintle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Comments, messages and pages are plain technical English, as CONTRIBUTING.md describes it. */
class LanguageTest {
    /** Files and directories that the rules cover. */
    private static final List<Path> COVERED = Stream.of(
                    "CHANGELOG.md",
                    "CONTRIBUTING.md",
                    "Makefile",
                    "README.md",
                    "SECURITY.md",
                    "bin",
                    "config.yml",
                    "deploy",
                    "docs",
                    "docs/engineering/architecture.md",
                    "examples",
                    "src/main/java/dev/pintle/admin",
                    "src/main/java/dev/pintle/app",
                    "src/main/java/dev/pintle/cli",
                    "src/main/java/dev/pintle/config",
                    "src/main/java/dev/pintle/console",
                    "src/main/java/dev/pintle/crypto",
                    "src/main/java/dev/pintle/embedded",
                    "src/main/java/dev/pintle/files",
                    "src/main/java/dev/pintle/history",
                    "src/main/java/dev/pintle/http",
                    "src/main/java/dev/pintle/introspection",
                    "src/main/java/dev/pintle/policy",
                    "src/main/java/dev/pintle/proxy",
                    "src/main/java/dev/pintle/redis",
                    "src/main/java/dev/pintle/routing",
                    "src/main/java/dev/pintle/server",
                    "src/main/java/dev/pintle/store",
                    "src/main/java/dev/pintle/sync",
                    "src/main/java/dev/pintle/telemetry",
                    "src/main/java/dev/pintle/time",
                    "src/main/java/dev/pintle/tls",
                    "src/main/java/dev/pintle/upstream",
                    "src/main/resources/dev/pintle/console",
                    "src/test/java/dev/pintle/ArchitectureTest.java",
                    "src/test/java/dev/pintle/acceptance",
                    "src/test/java/dev/pintle/admin",
                    "src/test/java/dev/pintle/app",
                    "src/test/java/dev/pintle/bench",
                    "src/test/java/dev/pintle/cli",
                    "src/test/java/dev/pintle/config",
                    "src/test/java/dev/pintle/conformance",
                    "src/test/java/dev/pintle/embedded",
                    "src/test/java/dev/pintle/history",
                    "src/test/java/dev/pintle/introspection",
                    "src/test/java/dev/pintle/policy",
                    "src/test/java/dev/pintle/proxy",
                    "src/test/java/dev/pintle/redis",
                    "src/test/java/dev/pintle/regression",
                    "src/test/java/dev/pintle/resilience",
                    "src/test/java/dev/pintle/routing",
                    "src/test/java/dev/pintle/server",
                    "src/test/java/dev/pintle/soak",
                    "src/test/java/dev/pintle/store",
                    "src/test/java/dev/pintle/sync",
                    "src/test/java/dev/pintle/telemetry",
                    "src/test/java/dev/pintle/testing")
            .map(Path::of)
            .toList();

    /** Files that must quote a banned word: this test, and the page that lists the words. */
    private static final Set<Path> EXEMPT =
            Set.of(Path.of("src/test/java/dev/pintle/LanguageTest.java"), Path.of("CONTRIBUTING.md"));

    private static final Pattern WORD = Pattern.compile(
            "\\b(whoever|whomever|nobody|anew|meanwhile|besides|thereof|hereby|wherever it is|by itself|clerk|doorman|desk"
                    + "|octets?|drips?|dripping|dripped|lets? go|let go|out of breath|knocks?|put in force|kept out"
                    + "|is told|are told|be told|told by|is heard|hears|takes no harm|clothes|wings?|rooms?|"
                    + "errs|err|come to naught|nought|as it were|so to speak)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern OPENING =
            Pattern.compile("(?:^|[.!?:] )(What|Who|Whoever|Nobody|There (?:is|are|was|were)) ");

    private static final Pattern JAVA_TEXT =
            Pattern.compile("\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

    private static final Pattern YAML_COMMENT = Pattern.compile("#[^\n]*");

    @TestFactory
    Stream<DynamicTest> textIsPlainTechnicalEnglish() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path covered : COVERED) {
            try (Stream<Path> files = Files.walk(covered)) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !EXEMPT.contains(file))
                        .filter(file -> !file.toString().endsWith(".png"))
                        .sorted()
                        .forEach(file -> tests.add(dynamicTest(
                                file.toString(),
                                () -> assertThat(violations(file))
                                        .as("sentences to rewrite; CONTRIBUTING.md describes the style")
                                        .isEmpty())));
            }
        }
        return tests.stream();
    }

    @Test
    void theRulesFindTheOldStyle() {
        assertThat(violations("Who sends those is let go of.")).hasSize(2);
        assertThat(violations("The gateway closes the connection.")).isEmpty();
    }

    private static List<String> violations(Path file) throws IOException {
        List<String> found = new ArrayList<>();
        for (String text : texts(file.toString(), Files.readString(file))) {
            violations(text).forEach(each -> found.add(each + " in: " + text));
        }
        return found;
    }

    private static List<String> violations(String text) {
        List<String> found = new ArrayList<>();
        for (Pattern rule : List.of(WORD, OPENING)) {
            rule.matcher(text)
                    .results()
                    .forEach(match -> found.add(match.group().strip()));
        }
        return found;
    }

    /** The texts for people in a file: comments and strings of Java and JavaScript, comments of YAML, whole paragraphs of Markdown. */
    private static List<String> texts(String name, String content) {
        if (name.endsWith(".java") || name.endsWith(".js") || name.endsWith(".css")) {
            return javaTexts(content);
        }
        if (name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith("Makefile") || name.startsWith("bin/")) {
            return YAML_COMMENT
                    .matcher(content)
                    .results()
                    .map(match -> plain(match.group()))
                    .toList();
        }
        return name.endsWith(".md")
                ? Stream.of(content.split("\n\n")).map(LanguageTest::plain).toList()
                : List.of();
    }

    /** Neighboring line comments are one text. */
    private static List<String> javaTexts(String content) {
        List<String> texts = new ArrayList<>();
        Matcher matcher = JAVA_TEXT.matcher(content);
        while (matcher.find()) {
            texts.add(plain(matcher.group()));
        }
        return texts;
    }

    private static String plain(String text) {
        return text.replaceAll("(?m)^\\s*(/\\*\\*?|\\*/|\\*|//|#+|>|-|\\|)", " ")
                .replaceAll("\\*/", " ")
                .replaceAll("[\"`]", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
