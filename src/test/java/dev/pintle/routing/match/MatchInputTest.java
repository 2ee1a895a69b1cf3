package dev.pintle.routing.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import dev.pintle.routing.Route;
import dev.pintle.routing.table.Tables;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each part of a request is parsed at most once, for any number of routes and paths. */
class MatchInputTest {
    private static final QueryTerm V5 = new QueryTerm("v", "5");

    private final AtomicInteger reads = new AtomicInteger();

    private static Route byQuery(int version) {
        return Tables.route("q" + version, "\"path\": \"/a\", \"query\": {\"v\": \"" + version + "\"}");
    }

    private static Matcher hundredRoutesByQuery() {
        return Matcher.of(
                IntStream.range(0, 100).mapToObj(MatchInputTest::byQuery).toList());
    }

    private MatchInput read(Matcher matcher, GatewayRequest request, QueryTerm... wanted) {
        return matcher.read(request, query -> {
            reads.incrementAndGet();
            return QueryParameters.of(query, Set.of(wanted));
        });
    }

    @Test
    void theQueryIsParsedOnceForAllRoutesAndAllPaths() {
        GatewayRequest request = Tables.request("GET", "h", "/a", "a=1&".repeat(7_000) + "v=5", Headers.EMPTY);
        MatchInput input = read(hundredRoutesByQuery(), request, V5);
        for (int i = 0; i < 64; i++) {
            assertThat(input.find("/a/" + i)).isNotNull().extracting(Route::id).isEqualTo("q5");
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void theQueryIsNotParsedWhenNoRouteUsesIt() {
        Matcher matcher = Matcher.of(List.of(Tables.route("plain", "\"path\": \"/\""), byQuery(1)));
        assertThat(read(matcher, Tables.request("GET", "h", "/b", "v=1", Headers.EMPTY))
                        .find("/b"))
                .isNotNull();
        assertThat(reads).hasValue(0);
    }

    @Test
    void onlyQueryTermsThatRoutesUseAreStored() {
        String query = "v=5&v=6&w=1&" + "k=1&".repeat(7_000);
        QueryParameters parameters =
                QueryParameters.of(query, Set.of(V5, new QueryTerm("w", "*"), new QueryTerm("x", "*")));
        assertThat(parameters.size()).isEqualTo(2);
        assertThat(parameters.has(V5)).isTrue();
        assertThat(parameters.has(new QueryTerm("w", "*"))).isTrue();
        assertThat(parameters.has(new QueryTerm("x", "*"))).isFalse();
    }

    @Test
    void aTermIsNotStoredAfterItsLastRouteIsRemoved() {
        Matcher matcher = Matcher.of(List.of(byQuery(1), byQuery(2)));
        Route other = Tables.route("other", "\"path\": \"/b\", \"query\": {\"v\": \"1\"}");
        Matcher without = matcher.with(List.of(byQuery(1)), List.of(other)).with(List.of(other), List.of());
        GatewayRequest request = Tables.request("GET", "h", "/a", "v=2&v=1", Headers.EMPTY);
        assertThat(without.read(request).find("/a"))
                .isNotNull()
                .extracting(Route::id)
                .isEqualTo("q2");
        assertThat(without.queryTerms()).containsExactly(new QueryTerm("v", "2"));
    }

    @Test
    void aHeaderPredicateHoldsWhenOneOfTheValuesMatches() {
        Matcher matcher = Matcher.of(List.of(Tables.route("h", "\"path\": \"/\", \"headers\": {\"X-Beta\": \"1\"}")));
        Stream.of("1", "2")
                .forEach(value -> assertThat(matcher.read(Tables.request(
                                        "GET", "h", "/", null, Headers.of("x-beta", "0", "X-BETA", value)))
                                .find("/"))
                        .satisfies(route -> assertThat(route != null).isEqualTo(value.equals("1"))));
    }
}
