package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.object;
import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request is processed literally or rejected. */
class RequestFormTest {
    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/routes/a;b",
                "/api/v1/routes/a;b=c",
                "/api/v1/routes/;a",
                "/api/v1/routes;x/a",
                "/api/v1;x/routes/a"
            })
    void aPathWithParametersIs404(String path) throws Exception {
        assertThat(admin.call("PUT", path).send(route("/a")).status()).isEqualTo(404);
        assertThat(admin.call("GET", path).send().status()).isEqualTo(404);
        assertThat(admin.call("DELETE", path).send().status()).isEqualTo(404);
        assertThat(admin.get("/api/v1/routes").json().path("routes")).isEmpty();
    }

    @Test
    void aQueryWithNulIsRefused() throws Exception {
        assertThat(admin.call("DELETE", "/api/v1/limits/a?client=%00").send().status())
                .isEqualTo(400);
    }

    @Test
    void anEncodedSemicolonIsPartOfAnInvalidId() throws Exception {
        assertThat(admin.call("PUT", "/api/v1/routes/a%3Bb").send(route("/a")).pointers())
                .containsExactly("/id");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, gzip",
        "application/json, br",
        "application/json, 'gzip, identity'",
        "application/json; charset=utf-16, ",
        "application/json; charset=iso-8859-1, ",
        "application/gzip, ",
        "text/plain, ",
        "application/x-www-form-urlencoded, ",
        "application/merge-patch+json, ",
    })
    void aBodyWithAnotherCodingOrCharsetIsUnsupported(String type, String coding) throws Exception {
        AdminApiHarness.Call call = admin.call("PUT", "/api/v1/routes/a").as(type);
        Reply refused = (coding == null ? call : call.with("Content-Encoding", coding)).send(route("/a"));

        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.code()).isEqualTo("unsupported-media-type");
    }

    @ParameterizedTest
    @CsvSource({"application/json, identity", "application/json; charset=utf-8, ", "application/json; charset=UTF-8, "})
    void plainUtf8IsSupported(String type, String coding) throws Exception {
        AdminApiHarness.Call call =
                admin.call("POST", "/api/v1/routes/validate").as(type);

        assertThat((coding == null ? call : call.with("Content-Encoding", coding))
                        .send(route("/a"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aNullValueCountsAsAbsentAndIsNotStored() throws Exception {
        Reply put = admin.put(
                "nulls",
                route(
                        "/nulls",
                        ", \"rateLimits\": null, \"description\": null, \"rewrite\": {\"prefix\": null, \"stripPrefix\": true}"));

        assertThat(put.status()).isEqualTo(201);
        assertThat(admin.get("/api/v1/routes/nulls").json())
                .isEqualTo(object(route("/nulls", ", \"rewrite\": {\"stripPrefix\": true}"))
                        .put("id", "nulls"));
        admin.call("PUT", "/api/v1/defaults").send("{\"timeout\": {\"idle\": null}, \"retry\": null}");
        assertThat(admin.get("/api/v1/defaults").json()).isEqualTo(object("{\"timeout\": {}}"));
        admin.call("DELETE", "/api/v1/routes/nulls").send();
    }

    @Test
    void lengthsCountCodePoints() throws Exception {
        String thousand = "\uD83D\uDE80".repeat(1_000);

        assertThat(validate(", \"description\": \"" + thousand + "\"").pointers())
                .isEmpty();
        assertThat(validate(", \"description\": \"" + thousand + "!\"").pointers())
                .containsExactly("/description");
        assertThat(admin.call("PUT", "/api/v1/routes/x")
                        .with("Pintle-Reason", "r".repeat(501))
                        .send(route("/x"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void validationReportsADuplicateMatch() throws Exception {
        admin.put("first", route("/same"));

        Reply validated = admin.call("POST", "/api/v1/routes/validate").send(route("/same"));
        assertThat(validated.pointers()).containsExactly("/match");
        assertThat(validated.body()).contains("route \\\"first\\\"");
        assertThat(admin.call("POST", "/api/v1/routes").send(route("/same")).status())
                .isEqualTo(409);
        assertThat(admin.call("POST", "/api/v1/routes/validate")
                        .send(object(route("/same")).put("id", "first").toString())
                        .pointers())
                .isEmpty();
        admin.call("DELETE", "/api/v1/routes/first").send();
    }

    @Test
    void anUnderscoreIsPartOfAHostName() throws Exception {
        assertThat(admin.put("compose", route("/compose").replace("127.0.0.1:9", "my_service:8080"))
                        .status())
                .isEqualTo(201);
        admin.call("DELETE", "/api/v1/routes/compose").send();
    }

    private static Reply validate(String more) throws Exception {
        return admin.call("POST", "/api/v1/routes/validate").send(route("/x", more));
    }
}
