package dev.pintle.routing.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes with {@code match.template}, and what {@code rewrite} makes of their requests, over real sockets. */
class PathTemplateRoutesTest {
    private static TestGateway gateway;
    private static RawUpstream upstream;

    @BeforeAll
    static void start() {
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        gateway = TestGateway.start();
        put("user", "\"template\": \"/users/{id}\"", named("user"));
        put("me", "\"path\": \"/users/me\", \"exact\": true", named("me"));
        put("orders", "\"template\": \"/users/{id}/orders/{rest...}\"", named("orders"));
        put("users", "\"path\": \"/users\"", named("users"));
        put("any", "\"template\": \"/{tenant}/{rest...}\"", named("any"));
        put("admin", "\"path\": \"/admin\"", named("admin"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/users/1, user",
        "/users/me, me",
        "/users/me/orders, orders",
        "/users/1/orders, orders",
        "/users/1/orders/2/3, orders",
        "/users/1/, users",
        "/users/1/x, users",
        "/users, users",
        "/users/, users",
        "/acme, any",
        "/acme/x/y, any",
        "/admin, admin",
        "/admin/x, admin"
    })
    void literalSegmentsWinOverParametersAndLongerMatchesOverShorterOnes(String path, String route) {
        assertThat(gateway.get(path).headers().firstValue("X-Route")).hasValue(route);
    }

    @ParameterizedTest
    @CsvSource({
        "/adm%69n/x",
        "/admin%2Fx",
        "/%61dmin",
        "/acme/../admin/x",
        "/acme/%2e%2e/admin/x",
        "/acme/..%2fadmin",
        "/acme/x/..;/..;/admin",
        "/acme\\..\\admin",
        "/users/1%2Forders",
        "/users/..",
        "/users/%2e%2e",
        "/users/1/orders/..%2f..%2f..%2fadmin",
        "/a%2Fb/c",
        "/a%00b/c"
    })
    void noPathGetsPastAnotherRouteThroughAParameter(String path) {
        int before = upstream.requests().size();
        try (RawClient client = gateway.connect()) {
            assertThat(client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")
                            .head())
                    .startsWith("HTTP/1.1 400");
        }
        assertThat(upstream.requests()).hasSize(before);
    }

    @Test
    void parametersFillTemplatesAndRewritesKeepAllOtherBytes() {
        put("rewritten", "\"template\": \"/shops/{shop}/items/{rest...}\"", """
                , "rewrite": {"stripPrefix": true, "prefix": "/v2", "host": "shop.internal:8443",
                   "query": {"set": {"shop": "{path.shop}", "q": "{query.q} č&", "none": "{query.absent}"}, "remove": ["debug"]}},
                  "headers": {"request": {"set": {"X-Rest": "{path.rest}", "X-None": "{path.none}"}}}""");

        assertThat(gateway.get("/shops/a%20b/items/1/2?x=%7e&debug=1&%64ebug=2&none=3&q=1+2&&shop=evil")
                        .statusCode())
                .isEqualTo(200);

        RawUpstream.Request request = upstream.requests().getLast();
        assertThat(request.target()).isEqualTo("/v2/a%20b/items/1/2?x=%7e&&shop=a%2520b&q=1%202%20%C4%8D%26");
        assertThat(request.field("Host")).isEqualTo("shop.internal:8443");
        assertThat(request.field("X-Rest")).isEqualTo("1/2");
        assertThat(request.field("X-None")).isNull();
        assertThat(request.field("X-Forwarded-Prefix")).isEqualTo("/shops");
        assertThat(gateway.admin(
                                "POST", "/api/v1/explain", "{\"method\": \"GET\", \"url\": \"/shops/a/items?debug=1\"}")
                        .body())
                .contains("\"route\":\"rewritten\"", "/v2/a/items?shop=%7Bpath.shop%7D&q=");
    }

    @Test
    void aRedirectTakesItsPathFromAParameterAndStaysOnItsHost() {
        HttpResponse<String> written = gateway.admin("PUT", "/api/v1/routes/moved", """
                {"match": {"template": "/moved/{rest...}"}, "redirect": {"to": "/{path.rest}", "keepQuery": false}}""");
        assertThat(written.statusCode()).as(written.body()).isEqualTo(201);

        try (RawClient client = gateway.connect()) {
            assertThat(client.send("GET /moved//evil.example HTTP/1.1\r\nHost: a\r\n\r\n")
                            .head())
                    .contains("Location: /evil.example\r\n");
        }
        try (RawClient client = gateway.connect()) {
            assertThat(client.send("GET /moved/a/b%20c HTTP/1.1\r\nHost: a\r\n\r\n")
                            .head())
                    .contains("Location: /a/b%20c\r\n");
        }
    }

    @Test
    void twoRoutesWhoseTemplatesDifferInNamesConflict() {
        HttpResponse<String> refused = gateway.admin("PUT", "/api/v1/routes/other", """
                {"match": {"template": "/users/{name}"}, "upstream": {"targets": [{"url": "%s"}]}}""".formatted(upstream.url()));

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("match-conflict", "user");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                          |                                                   | /match/path
                    {"path": "/a", "template": "/{a}"}          |                                                   | /match/template
                    {"template": "/{a}", "exact": true}         |                                                   | /match/exact
                    {"template": "/a"}                          |                                                   | /match/template
                    {"path": "/b"}  | , "rewrite": {"host": "a b"}                                                  | /rewrite/host
                    {"path": "/b"}  | , "rewrite": {"host": "a", "preserveHost": true}                              | /rewrite/host
                    {"path": "/b"}  | , "rewrite": {"query": {"set": {"a": "{x}"}}}                                 | /rewrite/query/set/a
                    {"path": "/b"}  | , "rewrite": {"query": {"set": {}}}                                           | /rewrite/query/set
                    {"path": "/b"}  | , "rewrite": {"query": {"remove": ["a", "a"]}}                                | /rewrite/query/remove
                    """)
    void faultsAreRefusedWithTheirPlace(String match, String more, String pointer) {
        HttpResponse<String> refused = gateway.admin(
                "PUT", "/api/v1/routes/bad", """
                {"match": %s, "upstream": {"targets": [{"url": "%s"}]}%s}""".formatted(match, upstream.url(), more == null ? "" : more));

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
    }

    private static String named(String route) {
        return ", \"headers\": {\"response\": {\"set\": {\"X-Route\": \"" + route + "\"}}}";
    }

    private static void put(String id, String match, String more) {
        HttpResponse<String> written =
                gateway.admin("PUT", "/api/v1/routes/" + id, """
                {"match": {%s}, "upstream": {"targets": [{"url": "%s"}]}%s}""".formatted(match, upstream.url(), more));
        assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
    }
}
