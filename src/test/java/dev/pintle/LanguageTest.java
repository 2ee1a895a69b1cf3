package dev.pintle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Comments, messages and pages are plain technical English, as CONTRIBUTING.md describes it. */
class LanguageTest {
    /** Files and directories that the rules cover. Flyway compares checksums, so applied migrations keep their comments. */
    private static final List<Path> COVERED = Stream.of(
                    "CHANGELOG.md",
                    "CONTRIBUTING.md",
                    "Makefile",
                    "README.md",
                    "SECURITY.md",
                    "bench",
                    "bin",
                    "config.yml",
                    "deploy",
                    "docs",
                    "examples",
                    "pom.xml",
                    "src")
            .map(Path::of)
            .toList();

    private static final Pattern TEXT_FILE =
            Pattern.compile(".*(?:\\.(?:java|js|css|xml|html|yml|yaml|py|properties|md)|Makefile)|bin/.*");

    /** Dated records of measurements stay as they were written. */
    private static final Path RECORDS = Path.of("bench/profiles");

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

    /** Also strings in other quotes, and templates without their code. */
    private static final Pattern SCRIPT_CODE_TEXT =
            Pattern.compile(JAVA_TEXT.pattern() + "|'(?:\\\\.|[^'\\\\\n])*'|`(?:\\\\.|[^`\\\\])*`", Pattern.DOTALL);

    /** Names of the earlier private language, as the first part of an identifier or as a camel-case part. */
    private static final Pattern NAME =
            Pattern.compile("\\b(?:clerk|desk|doorman|fleet|laboratory|nobody|stage|untold|whoever|workshop)(?![a-z])"
                    + "|(?:Clerk|Desk|Doorman|Fleet|Laboratory|Nobody|Untold|Whoever|Workshop)(?![a-z])");

    private static final Pattern SCRIPT_TEXT = Pattern.compile("\"\"\".*?\"\"\"|#[^\n]*", Pattern.DOTALL);

    private static final Pattern XML_COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

    @TestFactory
    Stream<DynamicTest> textIsPlainTechnicalEnglish() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path covered : COVERED) {
            try (Stream<Path> files = Files.walk(covered)) {
                files.filter(file -> Files.isRegularFile(file)
                                && TEXT_FILE.matcher(file.toString()).matches())
                        .filter(file -> !EXEMPT.contains(file) && !file.startsWith(RECORDS))
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

    @TestFactory
    Stream<DynamicTest> identifiersAreStandardTerms() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !EXEMPT.contains(file))
                    .sorted()
                    .toList();
            return sources.stream()
                    .map(file -> dynamicTest(
                            file.toString(),
                            () -> assertThat(privateNames(Files.readString(file)))
                                    .as("identifiers to rename; CONTRIBUTING.md describes the style")
                                    .isEmpty()));
        }
    }

    @Test
    void theRulesFindTheOldStyle() {
        assertThat(violations("Who sends those is let go of.")).hasSize(2);
        assertThat(violations("The gateway closes the connection.")).isEmpty();
        assertThat(privateNames("var clerk = openDesk(fleet, DeskTest.class);"))
                .containsExactly("clerk", "Desk", "fleet", "Desk");
        assertThat(privateNames("CompletionStage<String> desktop = \"desk\"; // desk"))
                .isEmpty();
    }

    private static List<String> privateNames(String java) {
        return NAME.matcher(JAVA_TEXT.matcher(java).replaceAll(" "))
                .results()
                .map(MatchResult::group)
                .toList();
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

    /** The texts for people in a file: comments, strings of Java and JavaScript, whole paragraphs of Markdown. */
    private static List<String> texts(String name, String content) {
        if (name.endsWith(".md")) {
            return Stream.of(content.split("\n\n")).map(LanguageTest::plain).toList();
        }
        Pattern text = pattern(name);
        return text.matcher(content)
                .results()
                .map(match -> plain(match.group()))
                .toList();
    }

    private static Pattern pattern(String name) {
        if (name.endsWith(".js")) {
            return SCRIPT_CODE_TEXT;
        }
        return name.matches(".*\\.(java|css)")
                ? JAVA_TEXT
                : name.matches(".*\\.(xml|html)") ? XML_COMMENT : SCRIPT_TEXT;
    }

    private static String plain(String text) {
        return text.replaceAll("(?m)^\\s*(/\\*\\*?|\\*/|\\*|//|#+|>|-|\\|)", " ")
                .replaceAll("\\*/", " ")
                .replaceAll("\\$\\{[^}]*}", " ")
                .replaceAll("[\"`]", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
