package dev.pintle.routing.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.UnreadableDocument;
import dev.pintle.config.VersionedDocument;
import dev.pintle.routing.RejectedRoute;
import dev.pintle.routing.Route;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stored document that cannot be activated is rejected with its reason; all others are active. */
class RejectedDocumentsTest {
    private final ActiveRouteTable active = Tables.active();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\": \"bad\"}",
                "{\"id\": 7, \"match\": {\"path\": \"/bad\"}}",
                "{\"id\": \"bad\", \"match\": [], \"upstream\": \"none\"}",
                "{\"id\": \"bad\", \"match\": {\"path\": \"/bad\"}, \"upstream\": {\"targets\": [{\"url\":"
                        + " \"http://127.0.0.1:9\", \"weight\": 99999999999999999999}]}}",
                "{\"id\": \"bad\", \"match\": {\"path\": \"/bad\"}, \"upstream\": {\"targets\": [{\"url\":"
                        + " \"http://127.0.0.1:9\", \"weight\": 1e400}]}}",
                "{\"id\": \"bad\", \"match\": {\"path\": \"/bad\"}, \"upstream\": {\"targets\": [{\"url\":"
                        + " \"http://127.0.0.1:9\"}]}, \"retry\": {\"max\": -1}}",
                "{\"id\": \"other\", \"match\": {\"path\": \"/bad\"}, \"upstream\": {\"targets\": [{\"url\":"
                        + " \"http://127.0.0.1:9\"}]}}",
            })
    void anInvalidRoute(String document) {
        ObjectNode bad = Tables.json(document);
        active.publish(withRoute("bad", bad), ConfigurationSource.DATABASE);

        assertThat(active.current().routes()).extracting(Route::id).containsExactly("a");
        assertThat(active.current().rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.id()).isEqualTo("bad");
            assertThat(rejected.reason()).startsWith("/");
        });
    }

    @Test
    void aDocumentWithAnotherIdDoesNotAffectThatRoute() {
        ObjectNode posing = Tables.document("a", "\"path\": \"/posing\"");
        active.publish(withRoute("b", posing), ConfigurationSource.DATABASE);

        assertThat(active.current().routes())
                .singleElement()
                .satisfies(route -> assertThat(
                                route.source().json().at("/match/path").asText())
                        .isEqualTo("/a"));
        assertThat(active.current().rejected())
                .containsExactly(new RejectedRoute("b", "/id: must be \"b\", as in its row; it is \"a\""));
    }

    @Test
    void aRejectedRouteTakesItsRequestsFromAShorterPath() {
        ObjectNode invalid = Tables.document("b", "\"path\": \"/a/b\"").put("nonsense", 1);
        active.publish(withRoute("b", invalid), ConfigurationSource.DATABASE);
        RouteTable rejecting = active.current();

        Route taking = rejecting.matcher().read(Tables.get("/a/b")).find("/a/b");
        assertThat(taking).isNotNull().extracting(Route::id).isEqualTo("b");
        assertThat(rejecting.refusal(taking)).contains("rejects the document");
        assertThat(rejecting.routes()).extracting(Route::id).containsExactly("a");

        active.publish(withRoute("b", invalid.deepCopy().put("enabled", false)), ConfigurationSource.DATABASE);
        assertThat(active.current().matcher().read(Tables.get("/a/b")).find("/a/b"))
                .isNotNull()
                .extracting(Route::id)
                .isEqualTo("a");
    }

    @Test
    void anUnreadableRouteUntilItIsReplaced() {
        active.publish(Tables.configuration(1, "{}", route("a"), route("b")), ConfigurationSource.DATABASE);
        Configuration next = Tables.configuration(2, "{}", route("a"));
        active.publish(
                new Configuration(
                        2,
                        next.defaults(),
                        next.routes(),
                        List.of(new UnreadableDocument(UnreadableDocument.ROUTE, "b", 2, "must be a JSON object"))),
                ConfigurationSource.DATABASE);
        assertThat(active.current().routes()).extracting(Route::id).containsExactly("a");
        assertThat(active.current().rejected())
                .containsExactly(new RejectedRoute("b", "the document must be a JSON object"));

        active.publish(Tables.configuration(3, "{}", route("a"), route("b")), ConfigurationSource.DATABASE);

        assertThat(active.current().routes()).extracting(Route::id).containsExactly("a", "b");
        assertThat(active.current().rejected()).isEmpty();
    }

    @Test
    void anUnreadableRouteUntilItIsDeleted() {
        Configuration first = Tables.configuration(1, "{}", route("a"));
        active.publish(
                new Configuration(
                        1,
                        first.defaults(),
                        first.routes(),
                        List.of(new UnreadableDocument(UnreadableDocument.ROUTE, "b", 1, "must be a JSON object"))),
                ConfigurationSource.DATABASE);

        active.publish(Tables.configuration(2, "{}", route("a")), ConfigurationSource.DATABASE);

        assertThat(active.current().rejected()).isEmpty();
    }

    @Test
    void invalidDefaults() {
        active.publish(Tables.configuration(1, "{\"nonsense\": 1}", route("a")), ConfigurationSource.DATABASE);
        assertThat(active.current().routes()).extracting(Route::id).containsExactly("a");
        assertThat(active.current().defaultsFault()).contains("/nonsense");

        active.publish(Tables.configuration(2, "{}", route("a")), ConfigurationSource.DATABASE);
        assertThat(active.current().defaultsFault()).isNull();
    }

    @ParameterizedTest
    @MethodSource("rejectedDefaults")
    void rejectedDefaultsLeaveTheLastValidOnesActive(Configuration rejected) {
        active.publish(
                Tables.configuration(1, "{\"maxRequestBody\": \"1KiB\"}", route("a")), ConfigurationSource.DATABASE);

        active.publish(rejected, ConfigurationSource.DATABASE);

        RouteTable table = active.current();
        assertThat(table.defaultsFault()).isNotNull();
        assertThat(table.lacksDefaults()).isFalse();
        assertThat(table.refusal(kept("a"))).isNull();
        assertThat(kept("a").policyNames()).contains("maxRequestBody");
    }

    @ParameterizedTest
    @MethodSource("rejectedDefaults")
    void noRouteAnswersBeforeTheFirstValidDefaults(Configuration rejected) {
        active.publish(rejected, ConfigurationSource.DATABASE);
        assertThat(active.current().lacksDefaults()).isTrue();
        assertThat(active.current().refusal(kept("a"))).contains("defaults");

        active.publish(
                Tables.configuration(3, "{\"maxRequestBody\": \"1KiB\"}", route("a")), ConfigurationSource.DATABASE);
        assertThat(active.current().lacksDefaults()).isFalse();
        assertThat(active.current().refusal(kept("a"))).isNull();
        assertThat(kept("a").policyNames()).contains("maxRequestBody");
    }

    /** An unreadable document counts as empty, and so do the defaults that replace it. */
    @Test
    void defaultsThatAreRepairedInPlaceApplyToAllRoutes() {
        active.publish(
                Tables.configuration(1, "{\"maxRequestBody\": \"1KiB\"}", route("a")), ConfigurationSource.DATABASE);
        active.publish(unreadableDefaults(), ConfigurationSource.DATABASE);

        active.publish(Tables.configuration(2, "{}", route("a")), ConfigurationSource.DATABASE);

        assertThat(kept("a").policyNames()).doesNotContain("maxRequestBody");
    }

    /** Such a route may rely on defaults that this node does not know. */
    @Test
    void aRouteThatIsLaterThanTheLastValidDefaultsDoesNotAnswer() {
        active.publish(Tables.configuration(1, "{}", route("a")), ConfigurationSource.DATABASE);
        Configuration next = Tables.configuration(2, "{\"nonsense\": 1}", route("a"));
        var routes = new TreeMap<>(next.routes());
        routes.put("b", new VersionedDocument(2, route("b")));

        active.publish(new Configuration(2, next.defaults(), routes), ConfigurationSource.DATABASE);

        assertThat(active.current().lacksDefaults()).isFalse();
        assertThat(active.current().refusal(kept("a"))).isNull();
        assertThat(active.current().refusal(kept("b"))).contains("defaults");
    }

    static Stream<Configuration> rejectedDefaults() {
        return Stream.of(Tables.configuration(2, "{\"nonsense\": 1}", route("a")), unreadableDefaults());
    }

    private static Configuration unreadableDefaults() {
        Configuration empty = Tables.configuration(2, "{}", route("a"));
        UnreadableDocument damaged = new UnreadableDocument(
                UnreadableDocument.DEFAULTS, UnreadableDocument.DEFAULTS, 0, "must be a JSON object");
        return new Configuration(2, empty.defaults(), empty.routes(), List.of(damaged));
    }

    private Route kept(String id) {
        return Objects.requireNonNull(active.current().route(id));
    }

    private static ObjectNode route(String id) {
        return Tables.document(id, "\"path\": \"/" + id + "\"");
    }

    /** A configuration with the good route {@code a}, and a document in the row of an id. */
    private static Configuration withRoute(String id, ObjectNode document) {
        Configuration good = Tables.configuration(1, "{}", route("a"));
        var routes = new TreeMap<>(good.routes());
        routes.put(id, new VersionedDocument(1, document));
        return new Configuration(1, good.defaults(), routes);
    }
}
