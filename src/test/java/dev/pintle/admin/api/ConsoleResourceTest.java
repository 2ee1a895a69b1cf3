package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The admin port serves the files of the console, which no page of another site can use. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleResourceTest {
    private static final Path SOURCES = Path.of("src/main/resources/dev/pintle/console");
    private static final Pattern REFERENCE = Pattern.compile("(?:from |import |src=|href=)[\"']([./][^\"']+)[\"']");

    private AdminApiHarness admin;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    void stop() {
        admin.close();
    }

    @Test
    void everyPageIsTheSameDocumentWithoutInlineScripts() throws Exception {
        for (String path : List.of("/console", "/console/", "/console/routes", "/console/sign-in?code=a")) {
            Reply page = admin.anonymous("GET", path).send();
            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(page.field("Content-Type")).isEqualTo("text/html;charset=utf-8");
            assertThat(page.field("Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "trusted-types")
                    .doesNotContain("unsafe", "http:", "https:", "data:");
            assertThat(page.field("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(page.body()).doesNotContainPattern("<script>|<style| style=| on[a-z]+=");
        }
    }

    @Test
    void everyReferenceLeadsToAFileOfThisNode() throws Exception {
        for (Path source : sources()) {
            String text = Files.readString(source);
            for (String reference :
                    REFERENCE.matcher(text).results().map(each -> each.group(1)).toList()) {
                String directory =
                        "/console/" + SOURCES.relativize(source).toString().replace('\\', '/');
                String url = java.net.URI.create(directory).resolve(reference).toString();
                assertThat(admin.anonymous("GET", url).send().status())
                        .as("%s in %s", url, source)
                        .isEqualTo(200);
            }
            assertThat(text)
                    .as(source.toString())
                    .doesNotContainPattern("(src|href|from|import|url\\()\\W{1,3}(https?:)?//");
        }
    }

    @Test
    void allFilesAndTheSchemaTogetherTakeAtMost200KibibytesOnTheWire() throws Exception {
        long bytes = 0;
        for (String library : List.of("vendor/lit-html.js", "vendor/uplot.js", "vendor/uplot.css")) {
            bytes += transferred("/console/" + library);
        }
        for (Path source : sources()) {
            bytes += transferred("/console/" + SOURCES.relativize(source).toString());
        }
        bytes += transferred("/api/v1/openapi.json");
        assertThat(bytes).isLessThan(200 << 10);
    }

    private long transferred(String path) throws Exception {
        Reply reply = admin.call("GET", path).with("Accept-Encoding", "gzip").send();
        assertThat(reply.field("Content-Encoding")).as(path).isEqualTo("gzip");
        return Long.parseLong(reply.field("Content-Length"));
    }

    @Test
    void aBrowserKeepsAFileUntilItChanges() throws Exception {
        Reply first = admin.anonymous("GET", "/console/vendor/lit-html.js").send();
        assertThat(first.field("Cache-Control")).isEqualTo("no-cache");
        assertThat(first.field("Vary")).isEqualTo("Accept-Encoding");
        assertThat(first.field("Content-Type")).isEqualTo("text/javascript;charset=utf-8");

        Reply second = admin.anonymous("GET", "/console/vendor/lit-html.js")
                .with("If-None-Match", first.field("ETag"))
                .send();
        assertThat(second.status()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gzip                   | gzip
            br, GZIP;q=0.5         | gzip
            *                      | gzip
            *;q=0, gzip            | gzip
            gzip;q=0.001           | gzip
            gzip;q=0               | ''
            gzip; Q=0.000, br      | ''
            gzip;q=0, *            | ''
            *;q=0                  | ''
            identity               | ''
            not-gzip               | ''
            """)
    void aFileIsCompressedOnlyForAClientThatAcceptsGzip(String accepted, String coding) throws Exception {
        Reply reply = admin.anonymous("GET", "/console/vendor/lit-html.js")
                .with("Accept-Encoding", accepted)
                .send();

        assertThat(reply.field("Content-Encoding")).isEqualTo(coding);
    }

    @Test
    void noPathLeavesTheConsole() throws Exception {
        for (String path :
                List.of("..%2fpolicy/ratelimit/take.lua", "Session.class", "vendor/", "a.js", "app.js.map")) {
            assertThat(admin.anonymous("GET", "/console/" + path).send().status())
                    .as(path)
                    .isBetween(400, 404);
        }
    }

    private static List<Path> sources() throws Exception {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
