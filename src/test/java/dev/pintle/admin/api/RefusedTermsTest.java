package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes with terms that the node cannot keep are refused before anything is written. */
class RefusedTermsTest {
    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
        admin.put("users", route("/users"));
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @AfterEach
    void nothingIsWritten() throws Exception {
        assertThat(admin.sync.current().revision()).isEqualTo(1);
        assertThat(admin.query("select max(number) from revision")).isEqualTo("1");
        assertThat(admin.get("/api/v1/routes/users").body())
                .contains("\"/users\"")
                .doesNotContain("/people");
    }

    /** {@link ConfirmationResourceTest} has the valid terms. */
    @ParameterizedTest
    @ValueSource(strings = {"", "9s", "61m", "2", "soon", "2m;", "2m; errors=200%", "2m; atLeast=9", "2m; speed=1"})
    void aBadConfirmationIsRefused(String terms) throws Exception {
        Reply reply = admin.call("PUT", "/api/v1/routes/users")
                .with("Pintle-Confirm", terms)
                .send(route("/people"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("detail").asText()).startsWith("Pintle-Confirm ");
    }

    /** {@link AppliedWaitTest} has the valid waits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait=yes",
                "wait=",
                "timeout=5s",
                "wait=applied&timeout=soon",
                "wait=applied&timeout=0s",
                "wait=applied&timeout=21s",
                "wait=applied&timeout="
            })
    void aBadWaitIsRefused(String query) throws Exception {
        Reply reply = admin.call("PUT", "/api/v1/routes/users?" + query).send(route("/people"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("bad-request");
    }
}
