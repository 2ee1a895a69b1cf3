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

/** The one document of defaults over HTTP. */
class DefaultsResourceTest {
    private static final String DEFAULTS = "/api/v1/defaults";

    private AdminApiHarness desk;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        desk = new AdminApiHarness(folder);
    }

    @AfterEach
    void close() throws Exception {
        desk.close();
    }

    @Test
    void theyAreThereAndEmptyAtFirst() throws Exception {
        Reply first = desk.get(DEFAULTS);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("{}");
        assertThat(first.field("ETag")).isEqualTo("\"0\"");
    }

    @Test
    void whatWasWrittenIsWhatIsKept() throws Exception {
        String written = "{\"timeout\":{\"idle\":\"90s\"},\"maxRequestBody\":\"1MiB\"}";

        Reply put = desk.call("PUT", DEFAULTS).send(written);
        Reply again = desk.call("PUT", DEFAULTS).send(written);

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.field("Pintle-Revision")).isEqualTo("1");
        assertThat(desk.get(DEFAULTS).json()).isEqualTo(object(written));
        assertThat(again.field("ETag")).isEqualTo(put.field("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void theyHonourTheTagThatTheirReaderSaw() throws Exception {
        desk.call("PUT", DEFAULTS).with("If-Match", "\"0\"").send("{\"maxRequestBody\": \"1MiB\"}");

        Reply late = desk.call("PUT", DEFAULTS).with("If-Match", "\"0\"").send("{\"maxRequestBody\": \"2MiB\"}");

        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("precondition-failed");
        assertThat(desk.get(DEFAULTS).json().path("maxRequestBody").asText()).isEqualTo("1MiB");
    }

    @Test
    void theyHaveTheBlocksOfARouteAndNothingElse() throws Exception {
        Reply refused = desk.call("PUT", DEFAULTS)
                .send("{\"match\": {\"path\": \"/\"}, \"circuitBreaker\": {\"halfOpenRequests\": 0}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointers()).containsExactlyInAnyOrder("/match", "/circuitBreaker/halfOpenRequests");
    }

    @Test
    void theyBreakNoRouteThatRuns() throws Exception {
        desk.put("slow", route("/slow", ", \"timeout\": {\"attempt\": \"20s\"}"));

        Reply refused = desk.call("PUT", DEFAULTS).send("{\"timeout\": {\"attempt\": \"1s\", \"total\": \"5s\"}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/violations/0/message").asText()).contains("slow", "5s");
        assertThat(desk.get(DEFAULTS).body()).isEqualTo("{}");
    }
}
