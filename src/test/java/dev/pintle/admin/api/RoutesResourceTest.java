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

/** What becomes of a route that is written over HTTP. */
class RoutesResourceTest {
    private static final String ROUTES = "/api/v1/routes";

    private static AdminApiHarness desk;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        desk = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() throws Exception {
        desk.close();
    }

    @Test
    void anAddedRouteIsFoundWhereTheAnswerSays() throws Exception {
        Reply added = desk.call("POST", ROUTES).send(route("/added"));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.field("Location")).endsWith(ROUTES + "/added");

        Reply found = desk.get(ROUTES + "/added");
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body()).isEqualTo(added.body());
        assertThat(found.field("ETag")).isEqualTo(added.field("ETag"));
    }

    @Test
    void aRouteWithoutIdGetsOneOfItsPathInTheFirstPlace() throws Exception {
        String written = route("/Named/by/path");

        Reply added = desk.call("POST", ROUTES).send(written);

        assertThat(added.body())
                .isEqualTo("{\"id\":\"named-by-path\","
                        + object(written).toString().substring(1));
    }

    @Test
    void anIdThatIsNullCountsAsNone() throws Exception {
        Reply added = desk.call("POST", ROUTES).send(route("/null-id", ", \"id\": null"));

        assertThat(added.json().path("id").asText()).isEqualTo("null-id");
    }

    @Test
    void aRouteWithoutIdGetsAnotherWhenThatIsTaken() throws Exception {
        desk.put("twice", route("/elsewhere"));

        Reply added = desk.call("POST", ROUTES).send(route("/twice"));

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().path("id").asText()).isEqualTo("twice-2");
    }

    @Test
    void anIdThatAnotherNodeTookMeanwhileIsNotTakenTwice() throws Exception {
        Edit elsewhere = new Edit.PutRoute(
                dev.pintle.testing.TestRoutes.route("raced", "/raced/elsewhere"), new Precondition.None());
        desk.store.write(new Author("another node", null), List.of(elsewhere));

        Reply added = desk.call("POST", ROUTES).send(route("/raced"));

        assertThat(added.json().path("id").asText()).isEqualTo("raced-2");
    }

    @Test
    void anIdIsAddedOnce() throws Exception {
        desk.put("once", route("/once"));

        Reply again = desk.call("POST", ROUTES).send(route("/once-more", ", \"id\": \"once\""));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("id-conflict");
        assertThat(desk.get(ROUTES + "/once").json().at("/match/path").asText()).isEqualTo("/once");
    }

    @Test
    void twoRoutesDoNotTakeTheSameRequests() throws Exception {
        desk.put("first", route("/same", ", \"id\": \"first\""));

        Reply second = desk.put("second", route("/same"));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("match-conflict");
        assertThat(second.json().path("route").asText()).isEqualTo("first");
        assertThat(second.json().path("detail").asText()).contains("\"first\"");
        assertThat(desk.get(ROUTES + "/second").status()).isEqualTo(404);
    }

    @Test
    void whatWasWrittenIsWhatIsKept() throws Exception {
        String written = """
                {"upstream":{"targets":[{"weight":3,"url":"http://127.0.0.1:9/base"}]},"description":"Grüße, \\u4e16\\u754c",\
                "id":"kept","retry":{},"timeout":{"total":"90s"},"match":{"exact":false,"path":"/kept"}}""";

        desk.put("kept", written);

        assertThat(desk.get(ROUTES + "/kept").body()).isEqualTo(object(written).toString());
    }

    @Test
    void putMakesARouteAndThenReplacesIt() throws Exception {
        Reply made = desk.put("made", route("/made"));
        Reply replaced = desk.put("made", route("/made", ", \"enabled\": false"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.field("Location")).endsWith(ROUTES + "/made");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.field("Location")).isEmpty();
        assertThat(replaced.field("ETag")).isNotEqualTo(made.field("ETag"));
    }

    @Test
    void puttingTheSameAgainMakesNoRevision() throws Exception {
        Reply made = desk.put("same-again", route("/same-again"));
        desk.put("another", route("/another"));

        Reply again = desk.put("same-again", route("/same-again"));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.field("ETag")).isEqualTo(made.field("ETag"));
        assertThat(again.body()).isEqualTo(made.body());
    }

    @Test
    void anIdOtherThanThatOfThePathIsReportedWithAllElse() throws Exception {
        Reply refused = desk.put("mine", route("no-slash", ", \"id\": \"yours\""));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointers()).containsExactly("/id", "/match/path");
    }

    @Test
    void aRemovedRouteIsGone() throws Exception {
        desk.put("gone", route("/gone"));

        Reply removed = desk.call("DELETE", ROUTES + "/gone").send();

        assertThat(removed.status()).isEqualTo(204);
        assertThat(removed.body()).isEmpty();
        assertThat(removed.field("Pintle-Revision"))
                .isEqualTo(Long.toString(desk.sync.current().revision()));
        assertThat(desk.get(ROUTES + "/gone").status()).isEqualTo(404);
        assertThat(desk.call("DELETE", ROUTES + "/gone").send().status()).isEqualTo(404);
    }

    @Test
    void theListHoldsEveryRouteByIdAndTheRevisionOfTheWhole() throws Exception {
        desk.put("zz", route("/zz"));
        Reply last = desk.put("aa", route("/aa"));

        Reply list = desk.get(ROUTES);

        assertThat(list.json().path("revision").asText()).isEqualTo(last.field("Pintle-Revision"));
        assertThat(list.field("Pintle-Revision")).isEqualTo(last.field("Pintle-Revision"));
        assertThat(list.json().path("routes").findValuesAsText("id")).isSorted().contains("aa", "zz");
        assertThat(list.json().path("routes")).contains(last.json());
    }

    @Test
    void theNodeServesARouteBeforeItsWriterHearsOfIt() throws Exception {
        Reply written = desk.put("served", route("/served"));

        assertThat(Long.toString(desk.live.current().revision())).isEqualTo(written.field("Pintle-Revision"));
        assertThat(desk.live.current().routes()).anyMatch(route -> route.id().equals("served"));
    }

    @Test
    void aRevisionIsRecordedWithTheNameOfTheTokenAndTheReason() throws Exception {
        Reply written = desk.call("PUT", ROUTES + "/reasoned")
                .with("Pintle-Reason", "ticket 4711")
                .send(route("/reasoned"));

        assertThat(desk.query("select author || ': ' || reason from revision where number = "
                        + written.field("Pintle-Revision")))
                .isEqualTo("admin: ticket 4711");
    }

    @Test
    void aReasonHasABound() throws Exception {
        Reply refused = desk.call("PUT", ROUTES + "/long")
                .with("Pintle-Reason", "x".repeat(501))
                .send(route("/long"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText()).contains("500", "501");
    }

    @Test
    void whatIsKnownAlreadyIsNotSentAgain() throws Exception {
        String tag = desk.put("known", route("/known")).field("ETag");

        Reply known =
                desk.call("GET", ROUTES + "/known").with("If-None-Match", tag).send();
        Reply other = desk.call("GET", ROUTES + "/known")
                .with("If-None-Match", "\"0\"")
                .send();

        assertThat(known.status()).isEqualTo(304);
        assertThat(known.field("ETag")).isEqualTo(tag);
        assertThat(known.body()).isEmpty();
        assertThat(other.status()).isEqualTo(200);
    }

    @Test
    void headAnswersLikeGetWithoutTheDocument() throws Exception {
        String tag = desk.put("headed", route("/headed")).field("ETag");

        Reply head = desk.call("HEAD", ROUTES + "/headed").send();

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.field("ETag")).isEqualTo(tag);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void validationStoresNothing() throws Exception {
        long before = desk.sync.current().revision();

        Reply good = desk.call("POST", ROUTES + "/validate").send(route("/good"));
        Reply bad = desk.call("POST", ROUTES + "/validate").send(route("bad", ", \"maxRequestBody\": 5"));

        assertThat(good.status()).isEqualTo(200);
        assertThat(good.body()).isEqualTo("{\"violations\":[],\"lint\":[]}");
        assertThat(bad.status()).isEqualTo(200);
        assertThat(bad.pointers()).containsExactlyInAnyOrder("/match/path", "/maxRequestBody");
        assertThat(desk.store.readAll().revision()).isEqualTo(before);
    }

    @Test
    void aRouteMustRunWithTheDefaultsThatHold() throws Exception {
        Reply refused = desk.put("slow", route("/slow", ", \"timeout\": {\"attempt\": \"5m\"}"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointers()).containsExactly("/timeout/attempt");
    }
}
