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

/** The admin API lists the findings of the lint. */
class LintResourceTest {
    private static final String UNSAFE = ", \"retry\": {\"methods\": [\"POST\"]}";
    private static final String ACCEPTED = ", \"lint\": {\"accept\": {\"retry-unsafe\": \"idempotent\"}}";

    private static AdminApiHarness admin;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @Test
    void everyWriteCountsItsFindings() throws Exception {
        assertThat(lint(admin.call("PUT", "/api/v1/routes/counted").send(route("/counted", UNSAFE))))
                .isEqualTo("1");
        assertThat(lint(admin.call("PATCH", "/api/v1/routes/counted").send("{\"retry\": null}")))
                .isEqualTo("0");
        assertThat(lint(admin.call(
                                "POST",
                                "/api/v1/revisions/" + admin.sync.current().revision() + "/revert")
                        .send("")))
                .isEqualTo("1");
        assertThat(lint(admin.call("POST", "/api/v1/routes").send(route("/counted-too", UNSAFE))))
                .isEqualTo("1");
        assertThat(lint(admin.call("PUT", "/api/v1/defaults").send("{\"timeout\": {\"idle\": \"30s\"}}")))
                .isNotEqualTo("0");
        assertThat(lint(admin.call("DELETE", "/api/v1/routes/counted").send())).isEqualTo("0");
        assertThat(lint(admin.call("POST", "/api/v1/changes")
                        .send("{\"edits\": [{\"put\": {\"id\": \"counted\"" + ", "
                                + route("/counted", UNSAFE).substring(1) + "}]}")))
                .isEqualTo("1");
    }

    @Test
    void theLintListsTheFindingsOfAllRoutes() throws Exception {
        admin.put("listed", route("/listed", UNSAFE));

        Reply lint = admin.get("/api/v1/lint");

        assertThat(lint.json().path("lint"))
                .anySatisfy(finding -> assertThat(finding.toString())
                        .isEqualTo("{\"code\":\"retry-unsafe\",\"severity\":\"warning\",\"route\":\"listed\","
                                + "\"pointer\":\"/retry/methods\",\"message\":\"Retries repeat POST; the upstream can process"
                                + " one request several times.\",\"remedy\":\"Remove the method or the status, or"
                                + " accept the finding if the upstream recognizes repeated requests.\"}"));
    }

    @Test
    void validateAndDryRunsListFindings() throws Exception {
        Reply valid = admin.call("POST", "/api/v1/routes/validate").send(route("/validated", UNSAFE));
        Reply dryRun = admin.call("POST", "/api/v1/changes?dryRun=true")
                .send("{\"edits\": [{\"put\": {\"id\": \"dry\", "
                        + route("/dry", UNSAFE).substring(1) + "}]}");

        assertThat(valid.json().at("/violations")).isEmpty();
        assertThat(valid.json().at("/lint/0/code").asText()).isEqualTo("retry-unsafe");
        assertThat(dryRun.json().at("/lint/0/route").asText()).isEqualTo("dry");
        assertThat(admin.sync.current().routes()).doesNotContainKeys("dry", "validated");
    }

    @Test
    void aStrictWriteWithAWarningIsRefusedUnlessTheRouteAcceptsIt() throws Exception {
        Reply refused = admin.call("PUT", "/api/v1/routes/strict?strict=true").send(route("/strict", UNSAFE));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("lint");
        assertThat(refused.json().at("/lint/0/pointer").asText()).isEqualTo("/retry/methods");
        assertThat(admin.sync.current().routes()).doesNotContainKey("strict");

        Reply accepted =
                admin.call("PUT", "/api/v1/routes/strict?strict=true").send(route("/strict", UNSAFE + ACCEPTED));

        assertThat(accepted.status()).as(accepted.body()).isEqualTo(201);
        assertThat(lint(accepted)).isEqualTo("0");
    }

    @Test
    void anIdentityProviderWithoutAudiencesIsFound() throws Exception {
        Reply written =
                admin.call("PUT", "/api/v1/identity-providers/open").send("{\"issuer\": \"https://id.example.com\"}");

        assertThat(lint(written)).isEqualTo("1");
        assertThat(admin.get("/api/v1/lint").json().path("lint"))
                .anySatisfy(finding -> assertThat(finding.path("code").asText()).isEqualTo("no-audience"));
        assertThat(admin.call("PUT", "/api/v1/identity-providers/open?strict=true")
                        .send("{\"issuer\": \"https://id.example.org\"}")
                        .code())
                .isEqualTo("lint");
        assertThat(lint(admin.call("PUT", "/api/v1/identity-providers/open")
                        .send("{\"issuer\": \"https://id.example.com\", \"audiences\": [\"api\"]}")))
                .isEqualTo("0");
    }

    @Test
    void anAcceptedFindingNeedsAReason() throws Exception {
        Reply refused = admin.call("PUT", "/api/v1/routes/reason")
                .send(route("/reason", ", \"lint\": {\"accept\": {\"retry-unsafe\": \"\", \"Upper\": \"x\"}}"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointers()).containsExactlyInAnyOrder("/lint/accept/retry-unsafe", "/lint/accept/Upper");
    }

    @Test
    void strictIsTrueOrFalse() throws Exception {
        Reply refused = admin.call("PUT", "/api/v1/routes/word?strict=yes").send(route("/word"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(admin.sync.current().routes()).doesNotContainKey("word");
    }

    private static String lint(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isBetween(200, 299);
        return reply.field("Pintle-Lint");
    }
}
