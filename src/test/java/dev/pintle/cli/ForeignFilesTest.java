package dev.pintle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pintle.testing.AdminApiHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Imports files of other programs that the repository does not contain. The property names a directory with a directory for each
 * format: {@code openapi}, {@code deck}, {@code spring-cloud-gateway}.
 */
@EnabledIfSystemProperty(named = ForeignFilesTest.PROPERTY, matches = ".+")
class ForeignFilesTest {
    static final String PROPERTY = "pintle.foreignFiles";

    private static AdminApiHarness admin;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void open() throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @TestFactory
    Stream<DynamicTest> syncAcceptsTheRoutesOfEveryFile() throws IOException {
        Path root = Path.of(System.getProperty(PROPERTY));
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile).sorted().toList().stream()
                    .map(file -> dynamicTest(root.relativize(file).toString(), () -> convert(root, file)));
        }
    }

    private static void convert(Path root, Path file) throws IOException {
        Path output = Files.createTempDirectory(folder, "routes");
        CommandLine shell = new CommandLine(folder, "")
                .set("PINTLE_URL", admin.url())
                .set("PINTLE_ADMIN_TOKEN", AdminApiHarness.TOKEN);
        Object format = root.relativize(file).getName(0);
        assertThat(shell.run("import", format, file.toAbsolutePath(), "-o", output, "--lossy"))
                .as(shell.err())
                .isTrue();
        String report = shell.out();
        if (report.contains("Routes: 0; consumers: 0")) {
            return;
        }
        shell.run("sync", "-f", output, "--dry-run");
        assertThat(shell.err()).as(report).isEmpty();
        assertThat(shell.status()).as(report).isIn(0, 2);
    }
}
