package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.object;
import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients read and write the defaults over HTTP. */
class DefaultsResourceTest {
    private static final String DEFAULTS = "/api/v1/defaults";

    private AdminApiHarness admin;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterEach
    void close() throws Exception {
        admin.close();
    }

    @Test
    void theDefaultsExistAndAreEmptyAtFirst() throws Exception {
        Reply first = admin.get(DEFAULTS);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("{}");
        assertThat(first.field("ETag")).isEqualTo("\"0\"");
    }

    @Test
    void aDocumentIsReturnedAsWritten() throws Exception {
        String written = "{\"timeout\":{\"idle\":\"90s\"},\"maxRequestBody\":\"1MiB\"}";

        Reply put = admin.call("PUT", DEFAULTS).send(written);
        Reply again = admin.call("PUT", DEFAULTS).send(written);

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.field("Pintle-Revision")).isEqualTo("1");
        assertThat(admin.get(DEFAULTS).json()).isEqualTo(object(written));
        assertThat(again.field("ETag")).isEqualTo(put.field("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void theDefaultsHonorIfMatch() throws Exception {
        admin.call("PUT", DEFAULTS).with("If-Match", "\"0\"").send("{\"maxRequestBody\": \"1MiB\"}");

        Reply late = admin.call("PUT", DEFAULTS).with("If-Match", "\"0\"").send("{\"maxRequestBody\": \"2MiB\"}");

        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("precondition-failed");
        assertThat(admin.get(DEFAULTS).json().path("maxRequestBody").asText()).isEqualTo("1MiB");
    }

    @Test
    void theDefaultsAcceptOnlyTheBlocksOfARoute() throws Exception {
        Reply refused = admin.call("PUT", DEFAULTS)
                .send("{\"match\": {\"path\": \"/\"}, \"circuitBreaker\": {\"halfOpenRequests\": 0}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointers()).containsExactlyInAnyOrder("/match", "/circuitBreaker/halfOpenRequests");
    }

    @Test
    void theDefaultsAreCheckedAgainstTheNodeWithoutAnyRoute() throws Exception {
        for (String url : new String[] {"http://169.254.169.254/", "http://999999999999/", "http://h:65536/"}) {
            Reply refused = admin.call("PUT", DEFAULTS).send("{\"externalAuth\": {\"url\": \"" + url + "\"}}");

            assertThat(refused.status()).as(refused.body()).isEqualTo(422);
            assertThat(refused.pointers()).containsExactly("/externalAuth/url");
        }
    }

    @Test
    void theDefaultsMustNotInvalidateARoute() throws Exception {
        admin.put("slow", route("/slow", ", \"timeout\": {\"attempt\": \"20s\"}"));

        Reply refused = admin.call("PUT", DEFAULTS).send("{\"timeout\": {\"attempt\": \"1s\", \"total\": \"5s\"}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/violations/0/message").asText()).contains("slow", "5s");
        assertThat(admin.get(DEFAULTS).body()).isEqualTo("{}");
    }
}
