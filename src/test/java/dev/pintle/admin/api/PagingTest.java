package dev.pintle.admin.api;

import static dev.pintle.testing.AdminApiHarness.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.VersionedDocument;
import dev.pintle.http.CidrSet;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayRequest;
import dev.pintle.introspection.IntrospectionPolicy;
import dev.pintle.routing.table.ConfigurationSource;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.Exchanges;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients read ten thousand routes page by page. */
class PagingTest {
    private static final int MANY = 10_000;

    private static AdminApiHarness admin;

    @BeforeAll
    static void serveTenThousandRoutes(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
        TreeMap<String, VersionedDocument> routes = new TreeMap<>();
        for (int i = 0; i < MANY; i++) {
            String id = "r%05d".formatted(i);
            routes.put(id, new VersionedDocument(1, object("""
                    {"id": "%s", "match": {"path": "/%s"}, "upstream": {"targets": [{"url": "http://127.0.0.1:9"}]},
                     "circuitBreaker": {}, "rateLimits": [{}], "concurrency": {}}""".formatted(id, id))));
        }
        routes.put("kept-out", new VersionedDocument(1, object("{\"id\": \"kept-out\"}")));
        admin.live.publish(
                new Configuration(1, new VersionedDocument(0, object("{}")), routes), ConfigurationSource.DATABASE);
    }

    @AfterAll
    static void close() throws Exception {
        admin.close();
    }

    @ParameterizedTest
    @CsvSource({"/__routes, routes, id", "/__circuit, circuits, route", "/__limits, limits, route"})
    void eachPageContainsThePositionOfTheNext(String path, String list, String id) throws Exception {
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            JsonNode part = admin.get(path + "?limit=1500&after=" + next).json();
            part.path(list).forEach(entry -> ids.add(entry.path(id).asText()));
            next = part.path("next").asText();
        } while (!next.isEmpty());

        assertThat(ids)
                .containsExactlyElementsOf(
                        IntStream.range(0, MANY).mapToObj("r%05d"::formatted).toList());
    }

    @Test
    void rejectedRoutesArePagedWithTheOthers() throws Exception {
        JsonNode first = admin.get("/__routes?limit=1").json();
        assertThat(first.path("routes")).isEmpty();
        assertThat(first.at("/rejected/0/id").asText()).isEqualTo("kept-out");
        assertThat(first.path("next").asText()).isEqualTo("kept-out");
    }

    @Test
    void withoutALimitAllRoutesAreOnOnePage() throws Exception {
        JsonNode all = admin.get("/__routes").json();
        assertThat(all.path("routes")).hasSize(MANY);
        assertThat(all.path("rejected")).hasSize(1);
        assertThat(all.has("next")).isFalse();
    }

    @Test
    void theGatewayPortPagesInTheSameWay() throws Exception {
        IntrospectionPolicy introspection = new IntrospectionPolicy(admin.report, CidrSet.of(List.of("127.0.0.1")));
        JsonNode part = object(Exchanges.text(ask(introspection, "limit=2&after=r09996")));
        assertThat(part.path("routes"))
                .extracting(route -> route.path("id").asText())
                .containsExactly("r09997", "r09998");
        assertThat(part.path("next").asText()).isEqualTo("r09998");

        FinalResponse refused = ask(introspection, "limit=none");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(Exchanges.text(refused)).contains("\"code\":\"bad-request\"");
    }

    private static FinalResponse ask(IntrospectionPolicy introspection, String query) {
        Exchange exchange = Exchanges.get("/__routes");
        GatewayRequest request = exchange.request();
        return (FinalResponse) introspection.apply(
                exchange.with(new GatewayRequest(
                        "GET", "http", "localhost", request.path(), query, request.headers(), request.body())),
                any -> {
                    throw new AssertionError("introspection calls no other handler");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/__routes", "/__circuit", "/__limits"})
    void anInvalidLimitIsRefused(String path) throws Exception {
        assertThat(admin.get(path + "?limit=0").status()).isEqualTo(400);
    }
}
