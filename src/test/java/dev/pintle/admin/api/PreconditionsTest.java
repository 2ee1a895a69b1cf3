package dev.pintle.admin.api;

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
import org.junit.jupiter.params.provider.ValueSource;

/** Writes honor If-Match and If-None-Match (RFC 9110 section 13.1). */
class PreconditionsTest {
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
    void anOutdatedTagFails() throws Exception {
        String yesterday = admin.put("changed", route("/changed")).field("ETag");
        admin.put("changed", route("/changed", ", \"description\": \"today\""));

        Reply put = write("PUT", "changed", "If-Match", yesterday);
        Reply patch = admin.call("PATCH", "/api/v1/routes/changed")
                .with("If-Match", yesterday)
                .send("{\"enabled\": false}");
        Reply delete = admin.call("DELETE", "/api/v1/routes/changed")
                .with("If-Match", yesterday)
                .send();

        assertThat(put.status()).isEqualTo(412);
        assertThat(put.code()).isEqualTo("precondition-failed");
        assertThat(patch.status()).isEqualTo(412);
        assertThat(patch.code()).isEqualTo("precondition-failed");
        assertThat(delete.status()).isEqualTo(412);
        assertThat(admin.get("/api/v1/routes/changed")
                        .json()
                        .path("description")
                        .asText())
                .isEqualTo("today");
    }

    @Test
    void theCurrentTagSucceeds() throws Exception {
        String tag = admin.put("current", route("/current")).field("ETag");

        assertThat(write("PUT", "current", "If-Match", tag).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-Match", "If-None-Match"})
    void aReadWithMalformedTagsIsRejected(String header) throws Exception {
        admin.put("read", route("/read"));

        Reply refused =
                admin.call("GET", "/api/v1/routes/read").with(header, "x\"").send();

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("bad-request");
        assertThat(refused.json().path("detail").asText()).contains(header);
    }

    @Test
    void oneMatchingTagOfAListSucceeds() throws Exception {
        String tag = admin.put("listed", route("/listed")).field("ETag");

        assertThat(write("PUT", "listed", "If-Match", "\"nothing\" ,, \"0\", " + tag)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"%s\"", "\"0%s\"", "\"+%s\"", "\"%s-gzip\"", "\"\""})
    void weakAndSimilarTagsDoNotMatch(String form) throws Exception {
        String revision = admin.put("alike", route("/alike")).field("ETag").replace("\"", "");

        assertThat(write("PUT", "alike", "If-Match", form.formatted(revision)).status())
                .isEqualTo(412);
    }

    @Test
    void aStarMatchesEveryExistingRoute() throws Exception {
        admin.put("there", route("/there"));

        assertThat(write("PUT", "there", "If-Match", "*").status()).isEqualTo(200);
        assertThat(write("PUT", "not-there", "If-Match", "*").status()).isEqualTo(412);
        assertThat(admin.get("/api/v1/routes/not-there").status()).isEqualTo(404);
    }

    @Test
    void ifNoneMatchWritesOnlyMissingRoutes() throws Exception {
        assertThat(write("PUT", "new", "If-None-Match", "*").status()).isEqualTo(201);
        assertThat(write("PUT", "new", "If-None-Match", "*").status()).isEqualTo(412);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"7", "\"7\" \"8\"", "\"7\", x", "**", "w/\"7\"", ""})
    void aMalformedTagIsRefused(String tag) throws Exception {
        admin.put("malformed", route("/malformed"));

        Reply refused = write("PUT", "malformed", "If-Match", tag);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("bad-request");
        assertThat(refused.json().path("detail").asText()).contains("\"7\"");
    }

    @Test
    void ifNoneMatchWithTagsIsRefusedForWrites() throws Exception {
        assertThat(write("PUT", "tagged", "If-None-Match", "\"7\"").status()).isEqualTo(400);
    }

    @Test
    void ifMatchTogetherWithIfNoneMatchIsRefused() throws Exception {
        Reply refused = admin.call("PUT", "/api/v1/routes/both")
                .with("If-None-Match", "*")
                .with("If-Match", "*")
                .send(route("/both"));

        assertThat(refused.status()).isEqualTo(400);
    }

    private static Reply write(String method, String id, String field, String value) throws Exception {
        String changed = route("/" + id, ", \"description\": \"" + value.hashCode() + "\"");
        return admin.call(method, "/api/v1/routes/" + id).with(field, value).send(changed);
    }
}
