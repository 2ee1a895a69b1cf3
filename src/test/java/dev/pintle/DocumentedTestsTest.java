package dev.pintle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages name tests as evidence, so each named test exists. */
class DocumentedTestsTest {
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*Test)`");

    @Test
    void everyTestThatAPageNamesExists() throws IOException {
        Set<String> named = new TreeSet<>(names(Path.of("SECURITY.md")));
        for (Path page : files(Path.of("docs"), ".md")) {
            named.addAll(names(page));
        }
        Set<String> existing = files(Path.of("src/test/java"), ".java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        assertThat(named).isNotEmpty().isSubsetOf(existing);
    }

    private static Set<String> names(Path page) throws IOException {
        return NAME.matcher(Files.readString(page))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<Path> files(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(ending)).collect(Collectors.toSet());
        }
    }
}
