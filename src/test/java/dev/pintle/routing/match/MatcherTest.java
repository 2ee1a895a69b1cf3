package dev.pintle.routing.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import dev.pintle.routing.Route;
import dev.pintle.routing.table.Tables;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherTest {
    private static String found(Matcher matcher, GatewayRequest request) {
        Route route = matcher.read(request).find(request.path());
        return route == null ? "none" : route.id();
    }

    private static String found(GatewayRequest request, Route... routes) {
        String inOrder = found(Matcher.of(Arrays.asList(routes)), request);
        List<Route> reversed = Arrays.asList(routes.clone());
        Collections.reverse(reversed);
        assertThat(found(Matcher.of(reversed), request)).isEqualTo(inOrder);
        return inOrder;
    }

    @ParameterizedTest
    @CsvSource({
        "/users, users",
        "/users/, users",
        "/users/1, users",
        "/users/1/x/y, users",
        "/usersX, none",
        "/user, none",
        "/, none"
    })
    void aPathIsAPrefixOnASegmentBoundary(String path, String route) {
        assertThat(found(Tables.prefixes("/users"), Tables.get(path))).isEqualTo(route);
    }

    @ParameterizedTest
    @CsvSource({"/a/b/c/d, a-b-c", "/a/b/x, a-b", "/a/bc, a", "/x, root", "/, root"})
    void theLongestPathWins(String path, String route) {
        assertThat(found(Tables.prefixes("/", "/a", "/a/b", "/a/b/c"), Tables.get(path)))
                .isEqualTo(route);
    }

    @ParameterizedTest
    @CsvSource({"/, root", "/x, none"})
    void theRootCanBeExactToo(String path, String route) {
        assertThat(found(Tables.get(path), Tables.route("root", "\"path\": \"/\", \"exact\": true")))
                .isEqualTo(route);
    }

    @ParameterizedTest
    @CsvSource({"/a, exact", "/a/, prefix", "/a/b, prefix"})
    void anExactPathMatchesOnlyThatPathAndWinsThere(String path, String route) {
        assertThat(found(
                        Tables.get(path),
                        Tables.route("prefix", "\"path\": \"/a\""),
                        Tables.route("exact", "\"path\": \"/a\", \"exact\": true")))
                .isEqualTo(route);
    }

    @ParameterizedTest
    @CsvSource({"/a/, slash", "/a, none", "/a/b, none"})
    void anExactPathMayEndWithASlash(String path, String route) {
        assertThat(found(Tables.get(path), Tables.route("slash", "\"path\": \"/a/\", \"exact\": true")))
                .isEqualTo(route);
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, exact",
        "API.Example.com, exact",
        "api.example.com:8080, exact",
        "api.example.com., exact",
        "www.example.com, wildcard",
        "a.b.example.com, wildcard",
        "x.eu.example.com, longer-wildcard",
        "example.com, any",
        "other.org, any",
        "[::1]:8080, any"
    })
    void theHostTakesPrecedenceOverThePath(String host, String route) {
        GatewayRequest request = Tables.request("GET", host, "/long/path", null, Headers.EMPTY);
        assertThat(found(
                        request,
                        Tables.route("exact", "\"path\": \"/\", \"hosts\": [\"api.Example.com\"]"),
                        Tables.route("wildcard", "\"path\": \"/\", \"hosts\": [\"*.example.com\"]"),
                        Tables.route("longer-wildcard", "\"path\": \"/\", \"hosts\": [\"*.eu.example.com\"]"),
                        Tables.route("any", "\"path\": \"/long/path\"")))
                .isEqualTo(route);
    }

    @Test
    void aHostRouteWithAnotherPathDoesNotShadowOtherRoutes() {
        GatewayRequest request = Tables.request("GET", "api.example.com", "/b", null, Headers.EMPTY);
        assertThat(found(
                        request,
                        Tables.route("host", "\"path\": \"/a\", \"hosts\": [\"api.example.com\"]"),
                        Tables.route("any", "\"path\": \"/b\"")))
                .isEqualTo("any");
    }

    @Test
    void methodsThenHeadersThenQueryThenIdDecideAmongEqualPaths() {
        Headers headers = Headers.of("X-Beta", "1", "X-Other", "2");
        GatewayRequest request = Tables.request("GET", "h", "/a", "v=2&w", headers);
        Route plain = Tables.route("b-plain", "\"path\": \"/a\"");
        Route samePlain = Tables.route("a-plain", "\"path\": \"/a\", \"query\": {}");
        Route query = Tables.route("query", "\"path\": \"/a\", \"query\": {\"v\": \"2\"}");
        Route queries = Tables.route("queries", "\"path\": \"/a\", \"query\": {\"v\": \"2\", \"w\": \"*\"}");
        Route header = Tables.route("header", "\"path\": \"/a\", \"headers\": {\"x-beta\": \"1\"}");
        Route method = Tables.route("method", "\"path\": \"/a\", \"methods\": [\"GET\"]");
        assertThat(found(request, plain, samePlain)).isEqualTo("a-plain");
        assertThat(found(request, plain, query)).isEqualTo("query");
        assertThat(found(request, queries, query)).isEqualTo("queries");
        assertThat(found(request, queries, header)).isEqualTo("header");
        assertThat(found(request, method, header)).isEqualTo("method");
    }

    @Test
    void allPredicatesOfARouteMustHold() {
        Route route = Tables.route(
                "r",
                "\"path\": \"/a\", \"methods\": [\"POST\"], \"headers\": {\"X-Key\": \"*\"}, \"query\": {\"q\": \"a b\"}");
        Headers key = Headers.of("x-key", "anything");
        assertThat(found(Tables.request("POST", "h", "/a", "q=a%20b", key), route))
                .isEqualTo("r");
        assertThat(found(Tables.request("POST", "h", "/a", "q=a+b&q=x", key), route))
                .isEqualTo("r");
        assertThat(found(Tables.request("GET", "h", "/a", "q=a+b", key), route)).isEqualTo("none");
        assertThat(found(Tables.request("POST", "h", "/a", "q=b", key), route)).isEqualTo("none");
        assertThat(found(Tables.request("POST", "h", "/a", "q=%zz", key), route))
                .isEqualTo("none");
        assertThat(found(Tables.request("POST", "h", "/a", null, key), route)).isEqualTo("none");
        assertThat(found(Tables.request("POST", "h", "/a", "q=a+b", Headers.EMPTY), route))
                .isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROPFIND", "FOO", "get"})
    void aRouteWithoutMethodsMatchesEveryMethod(String method) {
        assertThat(found(Tables.request(method, "h", "/a", null, Headers.EMPTY), Tables.route("r", "\"path\": \"/a\"")))
                .isEqualTo("r");
    }

    @Test
    void tenThousandRoutesAreMatchedCorrectly() {
        String[] paths = new String[10_000];
        Arrays.setAll(paths, i -> "/svc" + i % 100 + "/r" + i);
        Matcher matcher = Tables.prefixes(paths);
        for (int i = 0; i < paths.length; i += 97) {
            assertThat(found(matcher, Tables.get(paths[i] + "/x"))).isEqualTo("svc" + i % 100 + "-r" + i);
        }
        assertThat(found(matcher, Tables.get("/svc1/none"))).isEqualTo("none");
    }

    /** Uses few paths and hosts, so that routes share branches and replace each other. */
    private static Route random(int id, Random random) {
        String path = "/" + "abc".charAt(random.nextInt(3)) + (random.nextBoolean() ? "/" + random.nextInt(3) : "");
        String host = List.of("", "h.test", "*.test", "*.h.test").get(random.nextInt(4));
        return Tables.route(
                "r" + id,
                "\"path\": \"" + path + "\", \"exact\": " + random.nextBoolean()
                        + (host.isEmpty() ? "" : ", \"hosts\": [\"" + host + "\"]"));
    }

    private static List<String> allMatches(Matcher matcher) {
        return Stream.of("h.test", "x.h.test", "y.test", "other")
                .flatMap(host -> Stream.of("/", "/a", "/a/0", "/a/0/x", "/b/1", "/b/x", "/c", "/c/2")
                        .map(path -> found(matcher, Tables.request("GET", host, path, null, Headers.EMPTY))))
                .toList();
    }

    @Test
    void incrementalChangesEqualAFullBuildAndDoNotAffectEarlierMatchers() {
        Random random = new Random(7);
        Map<String, Route> routes = new TreeMap<>();
        Matcher matcher = Matcher.EMPTY;
        for (int step = 0; step < 300; step++) {
            Route added = random(random.nextInt(12), random);
            List<Route> removed = Stream.of(added.id(), "r" + random.nextInt(12))
                    .distinct()
                    .map(routes::remove)
                    .flatMap(Stream::ofNullable)
                    .toList();
            List<String> before = allMatches(matcher);
            Matcher next = matcher.with(removed, List.of(added));
            assertThat(allMatches(matcher)).isEqualTo(before);
            routes.put(added.id(), added);
            assertThat(allMatches(next)).isEqualTo(allMatches(Matcher.of(routes.values())));
            matcher = next;
        }
        assertThat(allMatches(matcher.with(routes.values(), List.of()))).containsOnly("none");
    }
}
