package dev.pintle.routing.explain;

import static dev.pintle.routing.table.Tables.configuration;
import static dev.pintle.routing.table.Tables.document;
import static dev.pintle.routing.table.Tables.json;
import static dev.pintle.routing.table.Tables.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Origin;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import dev.pintle.routing.Route;
import dev.pintle.routing.explain.Explanation.NonMatch;
import dev.pintle.routing.match.Matcher;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.routing.table.ConfigurationSource;
import dev.pintle.routing.table.RouteRuntime;
import dev.pintle.routing.table.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ExplainerTest {
    private static final RouteRuntime RUNTIME = Tables.runtime();

    @Test
    void theRouteTheUpstreamPathAndTheChainAreExplained() {
        ObjectNode route = document("users", "\"path\": \"/users\"");
        route.setAll(json(
                "{\"rewrite\": {\"stripPrefix\": true, \"prefix\": \"/v2\"}, \"timeout\": {\"attempt\": \"2s\"}}"));

        Explanation explanation = explain("{\"timeout\": {\"total\": \"5s\"}}", get("/users/1"), route);

        assertThat(explanation.route()).isEqualTo("users");
        assertThat(explanation.path()).isEqualTo("/v2/1");
        assertThat(explanation.policies())
                .extracting(Explanation.Step::name)
                .containsExactly("maintenance", "upgrade", "maxForwards", "forwarding", "rewrite", "timeout", "retry");
        Explanation.Step timeout = explanation.policies().get(5);
        assertThat(timeout.values())
                .isEqualTo(json("{\"attempt\": \"2s\", \"total\": \"5s\", \"connect\": \"1s\", \"idle\": \"1m\","
                        + " \"stream\": \"10m\"}"));
        assertThat(timeout.origins())
                .isEqualTo(Map.of(
                        "attempt",
                        Origin.ROUTE,
                        "total",
                        Origin.DEFAULTS,
                        "connect",
                        Origin.BUILT_IN,
                        "idle",
                        Origin.BUILT_IN,
                        "stream",
                        Origin.BUILT_IN));
    }

    @Test
    void theRoutesThatNearlyMatchComeFirst() {
        Explanation explanation = explain(
                "{}",
                request("GET", "api.test", "/users/1", "v=1", Headers.of("X-Beta", "0")),
                document("by-query", "\"path\": \"/users\", \"query\": {\"v\": \"2\"}"),
                document("by-header", "\"path\": \"/users\", \"headers\": {\"X-Beta\": \"1\"}"),
                document("by-method", "\"path\": \"/users\", \"methods\": [\"POST\"]"),
                document("by-host", "\"path\": \"/users\", \"hosts\": [\"*.other.test\"]"),
                document("by-near-path", "\"path\": \"/users/2\""),
                document("by-path", "\"path\": \"/orders\""));

        assertThat(explanation.route()).isNull();
        assertThat(explanation.policies()).isEmpty();
        assertThat(explanation.nonMatching())
                .containsExactly(
                        new NonMatch("by-query", "query:v"),
                        new NonMatch("by-header", "header:X-Beta"),
                        new NonMatch("by-method", "method"),
                        new NonMatch("by-host", "host"),
                        new NonMatch("by-near-path", "path"),
                        new NonMatch("by-path", "path"));
    }

    @Test
    void atMostTwentyNonMatchingRoutesAreListed() {
        ObjectNode[] routes = new ObjectNode[30];
        for (int i = 0; i < routes.length; i++) {
            routes[i] = document("r" + i, "\"path\": \"/r" + i + '"');
        }

        assertThat(explain("{}", get("/x"), routes).nonMatching()).hasSize(20);
    }

    @Test
    void shadowedRoutesAreListedInMatchOrder() {
        Explanation explanation = explain(
                "{}",
                get("/users/1/orders"),
                document("all", "\"path\": \"/\""),
                document("orders", "\"path\": \"/users/1/orders\""),
                document("users", "\"path\": \"/users\""));

        assertThat(explanation.route()).isEqualTo("orders");
        assertThat(explanation.shadowedRoutes()).containsExactly("users", "all");
    }

    @Test
    void anAmbiguousPathIsExplained() {
        Explanation explanation = explain(
                "{}", get("/admin%2Fx"), document("admin", "\"path\": \"/admin\""), document("all", "\"path\": \"/\""));

        assertThat(explanation.route()).isNull();
        assertThat(explanation.refusal())
                .isEqualTo("bad-request: the path has interpretations that select different routes");
    }

    /** The explanation agrees with live traffic, and each route is the selected one, shadowed or not matching. */
    @Property(tries = 700)
    void theExplanationAgreesWithLiveTraffic(
            @ForAll("matches") List<String> matches, @ForAll("requests") GatewayRequest request) {
        List<ObjectNode> documents = new ArrayList<>();
        for (String match : matches) {
            documents.add(document("r" + documents.size(), match));
        }
        ActiveRouteTable active = active("{}", documents.toArray(ObjectNode[]::new));
        Explanation explanation = new Explainer(active, RUNTIME).explain(request, new ExplainedClient("", null));

        Route taken = active.current().matcher().read(request).find(request.path());
        assertThat(explanation.route()).isEqualTo(taken == null ? null : taken.id());
        for (Route route : active.current().routes()) {
            boolean matching = Matcher.of(List.of(route)).read(request).find(request.path()) != null;
            boolean missed = explanation.nonMatching().stream()
                    .anyMatch(miss -> miss.route().equals(route.id()));
            boolean shadowed = explanation.shadowedRoutes().contains(route.id());
            assertThat(missed).isEqualTo(!matching);
            assertThat(shadowed).isEqualTo(matching && !Objects.equals(route.id(), explanation.route()));
        }
    }

    @Provide
    Arbitrary<List<String>> matches() {
        Arbitrary<String> path = Arbitraries.of("/", "/a", "/a/b", "/a/b/c", "/ab", "/b");
        Arbitrary<String> more = Arbitraries.of(
                "",
                ", \"exact\": true",
                ", \"hosts\": [\"api.test\"]",
                ", \"hosts\": [\"*.test\", \"x.example\"]",
                ", \"methods\": [\"GET\"]",
                ", \"methods\": [\"POST\", \"PUT\"]",
                ", \"headers\": {\"X-Beta\": \"*\"}",
                ", \"headers\": {\"X-Beta\": \"1\"}, \"methods\": [\"GET\"]",
                ", \"query\": {\"v\": \"1\"}");
        return Combinators.combine(path, more)
                .as((where, what) -> "\"path\": \"" + where + '"' + what)
                .list()
                .uniqueElements()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<GatewayRequest> requests() {
        return Combinators.combine(
                        Arbitraries.of("GET", "POST", "DELETE"),
                        Arbitraries.of("", "api.test", "API.test:8080", "x.example", "deep.api.test"),
                        Arbitraries.of("/", "/a", "/a/", "/a/b", "/a/b/c/d", "/ab", "/abc", "*"),
                        Arbitraries.of("v=1", "v=2", "w").injectNull(0.5),
                        Arbitraries.of(Headers.EMPTY, Headers.of("X-Beta", "1"), Headers.of("x-beta", "2")))
                .as(Tables::request);
    }

    private static Explanation explain(String defaults, GatewayRequest request, ObjectNode... documents) {
        return new Explainer(active(defaults, documents), RUNTIME).explain(request, new ExplainedClient("", null));
    }

    private static ActiveRouteTable active(String defaults, ObjectNode... documents) {
        ActiveRouteTable active = Tables.active();
        active.publish(configuration(1, defaults, documents), ConfigurationSource.DATABASE);
        assertThat(active.current().rejected()).isEmpty();
        return active;
    }

    private static GatewayRequest get(String path) {
        return Tables.get(path);
    }
}
