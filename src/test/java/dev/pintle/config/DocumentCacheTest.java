package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.routing.RouteSchema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DocumentCacheTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DocumentCache cache = new DocumentCache(RouteSchema.SCHEMA);

    @Test
    void aProposedDocumentIsParsedOnceUntilItIsActiveAndAfter() throws Exception {
        RouteDocument proposed = cache.route(route("a", "/a"));
        ObjectNode stored = route("a", "/a");

        cache.activate(configuration(stored));

        assertThat(cache.route(stored)).isSameAs(proposed);
        cache.activate(configuration(stored, route("b", "/b")));
        assertThat(cache.route(stored)).isSameAs(proposed);
        assertThat(cache.parses()).isOne();
    }

    @Test
    void aConfigurationThatIsReadAgainIsNotParsedAgain() throws Exception {
        ObjectNode stored = route("a", "/a");
        cache.activate(configuration(stored));
        RouteDocument parsed = cache.route(stored);
        ObjectNode again = route("a", "/a");

        cache.activate(configuration(again));

        assertThat(cache.route(again)).isSameAs(parsed);
        assertThat(cache.parses()).isOne();
    }

    @Test
    void anActiveDocumentIsParsedWhenItIsFirstRead() throws Exception {
        ObjectNode stored = route("a", "/a");

        cache.activate(configuration(stored));
        assertThat(cache.parses()).isZero();

        assertThat(cache.route(stored)).isSameAs(cache.route(stored));
        assertThat(cache.parses()).isOne();
    }

    @Test
    void anotherDocumentOfTheSameRouteIsParsed() throws Exception {
        cache.route(route("a", "/a"));
        ObjectNode stored = route("a", "/b");

        cache.activate(configuration(stored));

        assertThat(cache.route(stored).match().path()).isEqualTo("/b");
    }

    @Test
    void aDocumentWithAnotherOrderOfItsKeysIsParsed() throws Exception {
        ObjectNode route = route("a", "/a");
        route.putObject("headers")
                .putObject("request")
                .putObject("set")
                .put("A", "1")
                .put("B", "2");
        ObjectNode reordered = route("a", "/a");
        reordered
                .putObject("headers")
                .putObject("request")
                .putObject("set")
                .put("B", "2")
                .put("A", "1");

        cache.route(route);

        assertThat(cache.route(reordered).json()).hasToString(reordered.toString());
        assertThat(cache.parses()).isEqualTo(2);
    }

    @Test
    void documentsOfDifferentKindsDoNotCollide() throws Exception {
        ObjectNode consumer = JSON.createObjectNode().put("id", "defaults");

        assertThat(cache.entity(EntityKind.CONSUMER, consumer).kind()).isEqualTo(EntityKind.CONSUMER);
        assertThat(cache.defaults(JSON.createObjectNode()).json()).isEmpty();
        assertThatThrownBy(() -> cache.entity(EntityKind.IDENTITY_PROVIDER, consumer))
                .isInstanceOf(InvalidSpecException.class);
    }

    @Test
    void aKnownRouteIsStillCheckedByTheRulesOfItsReader() throws Exception {
        ObjectNode route = route("a", "/a");
        cache.route(route);

        assertThatThrownBy(() -> cache.route(route, (settings, violations) -> violations.add("/upstream", "is closed")))
                .isInstanceOfSatisfying(
                        InvalidSpecException.class,
                        e -> assertThat(e.violations()).containsExactly(new Violation("/upstream", "is closed")));
    }

    private static ObjectNode route(String id, String path) {
        ObjectNode route = JSON.createObjectNode().put("id", id);
        route.putObject("match").put("path", path);
        route.putObject("upstream").putArray("targets").addObject().put("url", "http://127.0.0.1:9");
        return route;
    }

    private static Configuration configuration(ObjectNode... routes) {
        TreeMap<String, VersionedDocument> stored = new TreeMap<>();
        for (ObjectNode route : routes) {
            stored.put(route.path("id").textValue(), new VersionedDocument(1, route));
        }
        return new Configuration(1, new VersionedDocument(0, JSON.createObjectNode()), stored, Map.of(), List.of());
    }
}
