package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.object;
import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.store.Author;
import dev.pintle.store.Edit;
import dev.pintle.store.Precondition;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients read and write routes over HTTP. */
class RoutesResourceTest {
    private static final String ROUTES = "/api/v1/routes";

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
    void theLocationHeaderNamesTheNewRoute() throws Exception {
        Reply added = admin.call("POST", ROUTES).send(route("/added"));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.field("Location")).endsWith(ROUTES + "/added");

        Reply found = admin.get(ROUTES + "/added");
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body()).isEqualTo(added.body());
        assertThat(found.field("ETag")).isEqualTo(added.field("ETag"));
    }

    @Test
    void aRouteWithoutIdGetsAnIdFromItsPath() throws Exception {
        String written = route("/Named/by/path");

        Reply added = admin.call("POST", ROUTES).send(written);

        assertThat(added.body())
                .isEqualTo("{\"id\":\"named-by-path\","
                        + object(written).toString().substring(1));
    }

    @Test
    void aNullIdCountsAsAbsent() throws Exception {
        Reply added = admin.call("POST", ROUTES).send(route("/null-id", ", \"id\": null"));

        assertThat(added.json().path("id").asText()).isEqualTo("null-id");
    }

    @Test
    void aRouteWithoutIdGetsAnUnusedId() throws Exception {
        admin.put("twice", route("/elsewhere"));

        Reply added = admin.call("POST", ROUTES).send(route("/twice"));

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().path("id").asText()).isEqualTo("twice-2");
    }

    @Test
    void concurrentNodesDoNotDeriveTheSameId() throws Exception {
        Edit elsewhere =
                new Edit.Put(dev.pintle.testing.TestRoutes.route("raced", "/raced/elsewhere"), new Precondition.None());
        admin.store.write(new Author("another node", null), List.of(elsewhere));

        Reply added = admin.call("POST", ROUTES).send(route("/raced"));

        assertThat(added.json().path("id").asText()).isEqualTo("raced-2");
    }

    @Test
    void anExistingIdCannotBeAdded() throws Exception {
        admin.put("once", route("/once"));

        Reply again = admin.call("POST", ROUTES).send(route("/once-more", ", \"id\": \"once\""));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("id-conflict");
        assertThat(admin.get(ROUTES + "/once").json().at("/match/path").asText())
                .isEqualTo("/once");
    }

    @Test
    void twoRoutesCannotHaveTheSameMatch() throws Exception {
        admin.put("first", route("/same", ", \"id\": \"first\""));

        Reply second = admin.put("second", route("/same"));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("match-conflict");
        assertThat(second.json().path("route").asText()).isEqualTo("first");
        assertThat(second.json().path("detail").asText()).contains("\"first\"");
        assertThat(admin.get(ROUTES + "/second").status()).isEqualTo(404);
    }

    @Test
    void aDocumentIsReturnedAsWritten() throws Exception {
        String written = """
                {"upstream":{"targets":[{"weight":3,"url":"http://127.0.0.1:9/base"}]},"description":"Grüße, \\u4e16\\u754c",\
                "id":"kept","retry":{},"timeout":{"total":"90s"},"match":{"exact":false,"path":"/kept"}}""";

        admin.put("kept", written);

        assertThat(admin.get(ROUTES + "/kept").body()).isEqualTo(object(written).toString());
    }

    @Test
    void putCreatesAndReplacesARoute() throws Exception {
        Reply made = admin.put("made", route("/made"));
        Reply replaced = admin.put("made", route("/made", ", \"enabled\": false"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.field("Location")).endsWith(ROUTES + "/made");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.field("Location")).isEmpty();
        assertThat(replaced.field("ETag")).isNotEqualTo(made.field("ETag"));
    }

    @Test
    void anUnchangedPutCreatesNoRevision() throws Exception {
        Reply made = admin.put("same-again", route("/same-again"));
        admin.put("another", route("/another"));

        Reply again = admin.put("same-again", route("/same-again"));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.field("ETag")).isEqualTo(made.field("ETag"));
        assertThat(again.body()).isEqualTo(made.body());
    }

    @Test
    void anIdOtherThanThatOfThePathIsReportedWithAllViolations() throws Exception {
        Reply refused = admin.put("mine", route("no-slash", ", \"id\": \"yours\""));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointers()).containsExactly("/id", "/match/path");
    }

    @Test
    void aDeletedRouteIs404() throws Exception {
        admin.put("gone", route("/gone"));

        Reply removed = admin.call("DELETE", ROUTES + "/gone").send();

        assertThat(removed.status()).isEqualTo(204);
        assertThat(removed.body()).isEmpty();
        assertThat(removed.field("Pintle-Revision"))
                .isEqualTo(Long.toString(admin.sync.current().revision()));
        assertThat(admin.get(ROUTES + "/gone").status()).isEqualTo(404);
        assertThat(admin.call("DELETE", ROUTES + "/gone").send().status()).isEqualTo(404);
    }

    @Test
    void theListContainsAllRoutesAndTheRevision() throws Exception {
        admin.put("zz", route("/zz"));
        Reply last = admin.put("aa", route("/aa"));

        Reply list = admin.get(ROUTES);

        assertThat(list.json().path("revision").asText()).isEqualTo(last.field("Pintle-Revision"));
        assertThat(list.field("Pintle-Revision")).isEqualTo(last.field("Pintle-Revision"));
        assertThat(list.json().path("routes").findValuesAsText("id")).isSorted().contains("aa", "zz");
        assertThat(list.json().path("routes")).contains(last.json());
    }

    @Test
    void theNodeServesARouteBeforeItAnswersTheWrite() throws Exception {
        Reply written = admin.put("served", route("/served"));

        assertThat(Long.toString(admin.live.current().revision())).isEqualTo(written.field("Pintle-Revision"));
        assertThat(admin.live.current().routes()).anyMatch(route -> route.id().equals("served"));
    }

    @Test
    void aRevisionIsRecordedWithTheNameOfTheTokenAndTheReason() throws Exception {
        Reply written = admin.call("PUT", ROUTES + "/reasoned")
                .with("Pintle-Reason", "ticket 4711")
                .send(route("/reasoned"));

        assertThat(admin.query("select author || ': ' || reason from revision where number = "
                        + written.field("Pintle-Revision")))
                .isEqualTo("admin: ticket 4711");
    }

    @Test
    void aReasonHasAMaximumLength() throws Exception {
        Reply refused = admin.call("PUT", ROUTES + "/long")
                .with("Pintle-Reason", "x".repeat(501))
                .send(route("/long"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText()).contains("500", "501");
    }

    @Test
    void aConditionalGetReturns304() throws Exception {
        String tag = admin.put("known", route("/known")).field("ETag");

        Reply known =
                admin.call("GET", ROUTES + "/known").with("If-None-Match", tag).send();
        Reply other = admin.call("GET", ROUTES + "/known")
                .with("If-None-Match", "\"0\"")
                .send();

        assertThat(known.status()).isEqualTo(304);
        assertThat(known.field("ETag")).isEqualTo(tag);
        assertThat(known.body()).isEmpty();
        assertThat(other.status()).isEqualTo(200);
    }

    @Test
    void headReturnsTheHeadersOfGet() throws Exception {
        String tag = admin.put("headed", route("/headed")).field("ETag");

        Reply head = admin.call("HEAD", ROUTES + "/headed").send();

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.field("ETag")).isEqualTo(tag);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void validationStoresNothing() throws Exception {
        long before = admin.sync.current().revision();

        Reply good = admin.call("POST", ROUTES + "/validate").send(route("/good"));
        Reply bad = admin.call("POST", ROUTES + "/validate").send(route("bad", ", \"maxRequestBody\": 5"));

        assertThat(good.status()).isEqualTo(200);
        assertThat(good.body()).isEqualTo("{\"violations\":[],\"lint\":[]}");
        assertThat(bad.status()).isEqualTo(200);
        assertThat(bad.pointers()).containsExactlyInAnyOrder("/match/path", "/maxRequestBody");
        assertThat(admin.store.readAll().revision()).isEqualTo(before);
    }

    @Test
    void aRouteMustBeValidUnderTheDefaults() throws Exception {
        Reply refused = admin.put("slow", route("/slow", ", \"timeout\": {\"attempt\": \"5m\"}"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointers()).containsExactly("/timeout/attempt");
    }
}
