package dev.pintle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.ChildJvm;
import dev.pintle.testing.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples are valid configurations, and the index lists them. */
class ExamplesTest {
    private static final Installation INSTALLATION = Installation.create();

    static List<Path> examples() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("examples"))) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsValid(Path example) throws IOException {
        try (ChildJvm check = INSTALLATION.run(
                Map.of("JAVA_OPTS", Installation.SHORT_LIVED),
                "pintle",
                "routes",
                "check",
                absolute(example, "config.yml"),
                absolute(example, "routes.json"))) {
            assertThat(check.awaitExit()).as(check.out() + check.err()).isZero();
        }
        assertThat(Files.readString(Path.of("examples/README.md")))
                .contains("(" + example.getFileName() + "/README.md)");
    }

    private static String absolute(Path example, String file) {
        return example.resolve(file).toAbsolutePath().toString();
    }
}
