package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import io.prometheus.metrics.model.registry.Collector;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every response of the admin API has a trace id and security headers. */
class TraceIdFilterTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() throws Exception {
        admin.close();
    }

    @Test
    void theTraceOfTheClientIsContinued() throws Exception {
        assertThat(admin.call("GET", "/api/v1/routes")
                        .with("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                        .send()
                        .field("X-Trace-ID"))
                .isEqualTo(TRACE);
        assertThat(admin.call("GET", "/api/v1/nothing")
                        .with("X-Trace-ID", TRACE)
                        .send()
                        .json()
                        .path("traceId")
                        .asText())
                .isEqualTo(TRACE);
    }

    @Test
    void anInvalidTraceIdIsReplaced() throws Exception {
        assertThat(admin.call("GET", "/api/v1/routes")
                        .with("X-Trace-ID", "<script>")
                        .send()
                        .field("X-Trace-ID"))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void responsesHaveSecurityHeaders() throws Exception {
        List<Reply> replies = List.of(
                admin.get("/api/v1/routes"),
                admin.get("/api/v1/nothing"),
                admin.put("x", "{"),
                admin.anonymous("GET", "/api/v1/routes").send(),
                admin.anonymous("GET", "/__health").send());

        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.field("Cache-Control")).isEqualTo("no-store");
            assertThat(reply.field("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.field("Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
            assertThat(reply.field("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(reply.field("X-Trace-ID")).matches("[0-9a-f]{32}");
            assertThat(reply.response().headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        });
    }

    @Test
    void anInternalErrorRevealsNoDetails() throws Exception {
        Collector broken = () -> {
            throw new IllegalStateException("an internal secret");
        };
        admin.registry.register(broken);

        Reply failed = admin.get("/__metrics");

        admin.registry.unregister(broken);
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.field("Content-Type")).isEqualTo("application/problem+json");
        assertThat(failed.code()).isEqualTo("internal");
        assertThat(failed.json().path("traceId").asText()).isEqualTo(failed.field("X-Trace-ID"));
        assertThat(failed.body()).doesNotContain("secret", "Exception", "dev.pintle");
    }
}
