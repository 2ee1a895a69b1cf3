package dev.pintle.cli;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.AdminApiHarness;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    @Test
    void lintPrintsFindingsAndFailsOnlyWhenStrict(@TempDir Path folder) throws Exception {
        try (AdminApiHarness admin = new AdminApiHarness(folder.resolve("node"))) {
            CommandLine shell = new CommandLine(folder, "")
                    .set("PINTLE_URL", admin.url())
                    .set("PINTLE_ADMIN_TOKEN", AdminApiHarness.VIEWER);
            assertThat(shell.run("lint", "--strict")).as(shell.err()).isTrue();
            assertThat(shell.out()).isEqualTo("No findings.\n");

            admin.put("users", route("/users", ", \"retry\": {\"methods\": [\"POST\"]}"));
            shell.run("lint");

            assertThat(shell.status()).isZero();
            assertThat(shell.out())
                    .isEqualTo("warning retry-unsafe: route users /retry/methods\n"
                            + "  Retries repeat POST; the upstream can process one request several times.\n"
                            + "  Remove the method or the status, or accept the finding if the upstream recognizes"
                            + " repeated requests.\n");
            shell.run("lint", "--strict", "--json");
            assertThat(shell.status()).isOne();
            assertThat(new ObjectMapper()
                            .readTree(shell.out())
                            .at("/lint/0/code")
                            .asText())
                    .isEqualTo("retry-unsafe");
        }
    }
}
