package dev.pintle.policy.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestIssuer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules about the verified identity, at a whole gateway. */
class AuthorizationTest {
    private static RawUpstream upstream;
    private static TestGateway gateway;
    private static TestIssuer issuer;

    @BeforeAll
    static void start() throws Exception {
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        gateway = TestGateway.start();
        issuer = new TestIssuer();
        put("identity-providers/main", "{\"issuer\": \"" + issuer.url() + "\"}");
        put("consumers/acme", "{\"groups\": [\"gold\"]}");
        put("consumers/beta", "{\"groups\": [\"silver\"]}");
        put("consumers/off", "{\"enabled\": false}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
        issuer.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"scopes": ["a", "b"]}                       | "scope":"x b"            | 200
                    {"scopes": ["a", "b"]}                       | "scp":["b"]              | 200
                    {"scopes": ["a"]}                            | "scope":"ab"             | 403
                    {"scopes": ["a"]}                            | "x":1                    | 403
                    {"claims": {"role": ["admin", "ops"]}}       | "role":"ops"             | 200
                    {"claims": {"role": ["admin"]}}              | "role":["user","admin"]  | 200
                    {"claims": {"role": ["admin"], "n": ["1"]}}  | "role":"admin"           | 403
                    {"claims": {"n": ["1"]}}                     | "n":1                    | 200
                    {"claims": {"role": ["admin"]}}              | "role":{"admin":1}       | 403
                    {"claims": {"role": ["admin"]}}              | "role":"Admin"           | 403
                    {"claims": {"role": ["admin"]}}              | "role":"admin "          | 403
                    {"claims": {"role": ["admin"]}}              | "role":["admins"]        | 403
                    {"claims": {"role": ["admin"]}}              | "role":[["admin"]]       | 403
                    {"claims": {"role": ["null", "{}"]}}         | "role":[null,{}]         | 403
                    {"claims": {"role": ["admin"]}}              | "role":[]                | 403
                    {"claims": {"role": ["admin"]}}              | "role":null              | 403
                    {"claims": {"b": ["true"]}}                  | "b":true                 | 200
                    {"claims": {"n": ["1"]}}                     | "n":[1.0,1]              | 200
                    {"claims": {"n": ["9007199254740993"]}}      | "n":9007199254740993     | 200
                    {"claims": {"realm_access.roles": ["a"]}}    | "realm_access":{"roles":["b","a"]}    | 200
                    {"claims": {"realm_access.roles": ["a"]}}    | "realm_access":{"roles":["b"]}        | 403
                    {"claims": {"realm_access.roles": ["a"]}}    | "realm_access":["roles"]              | 403
                    {"claims": {"realm_access.roles": ["a"]}}    | "realm_access.roles":"a"              | 200
                    {"claims": {"x.a.b.roles": ["a"]}}           | "x":{"a.b":{"roles":["a"]}}           | 200
                    {"claims": {"https://e.org/roles": ["a"]}}   | "https://e.org/roles":["a"]           | 200
                    {"scopes": ["a"]}                            | "scope":["x a","b"]      | 200
                    {"scopes": ["a"]}                            | "scope":"", "scp":"a"    | 403
                    {"scopes": ["a"]}                            | "scope":1                | 403
                    {"consumers": ["acme"]}                      | "client_id":"acme"       | 200
                    {"consumers": ["acme"]}                      | "client_id":"beta"       | 403
                    {"consumers": ["acme"]}                      | "client_id":"unknown"    | 403
                    {"consumers": ["acme"]}                      | "client_id":["acme"]     | 403
                    {"groups": ["gold"]}                         | "client_id":"acme"       | 200
                    {"groups": ["gold"]}                         | "client_id":"beta"       | 403
                    {"groups": ["gold"], "scopes": ["a"]}        | "client_id":"acme"       | 403
                    {"groups": ["gold"]}                         | "client_id":"off"        | 401
                    """)
    void allRulesMustHoldAndInsideOneAnyValueSuffices(String rules, String claims, int status) throws Exception {
        route(rules, false);

        HttpResponse<String> response = get(issuer.token(issuer.claims("," + claims)));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }

    @Test
    void aRefusalForAScopeNamesTheScope() throws Exception {
        route("{\"scopes\": [\"users:read\"]}", false);

        HttpResponse<String> refused = get(issuer.token());

        assertThat(new ObjectMapper().readTree(refused.body()).path("code").asText())
                .isEqualTo("forbidden");
        assertThat(refused.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"guarded\", error=\"insufficient_scope\", scope=\"users:read\"");
    }

    @Test
    void aRefusalForAnythingElseHasNoChallengeAndOneForAMissingTokenHasOneWithoutAnError() throws Exception {
        route("{\"claims\": {\"role\": [\"admin\"]}}", false);

        assertThat(get(issuer.token()).headers().firstValue("WWW-Authenticate")).isEmpty();
        HttpResponse<String> anonymous = gateway.get("/guarded");
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"guarded\"");
        assertThat(get(issuer.token() + "x")
                        .headers()
                        .firstValue("WWW-Authenticate")
                        .orElseThrow())
                .startsWith("Bearer realm=\"guarded\", error=\"invalid_token\", error_description=\"");
    }

    @Test
    void aScopeThatNoChallengeCanCarryIsRefused() {
        for (String scope : new String[] {"", "a b", "a\\\"", "a\\\\", "a\\r\\nX: 1", "ä"}) {
            HttpResponse<String> refused =
                    gateway.admin("PUT", "/api/v1/routes/bad", """
                    {"match": {"path": "/bad"}, "upstream": {"targets": [{"url": "%s"}]},
                     "authorization": {"scopes": ["a", "%s"]}}""".formatted(upstream.url(), scope));
            assertThat(refused.statusCode()).as(scope).isEqualTo(422);
            assertThat(refused.body()).contains("/authorization/scopes/1");
        }
    }

    @Test
    void aClientWithoutIdentityIsRefusedWhereAuthenticationIsOptional() throws Exception {
        route("{\"groups\": [\"gold\"]}", true);

        assertThat(gateway.get("/guarded").statusCode()).isEqualTo(403);
    }

    @Test
    void aTemplateTellsTheUpstreamWhoTheClientIs() throws Exception {
        gateway.route("told", "/told", upstream.url(), """
                , "authentication": {"anyOf": ["jwt:main"]}, "headers": {"request": {"set":
                    {"X-Consumer": "{consumer.id}", "X-Subject": "{claim.sub}", "X-Name": "{claim.name}"}}}""");

        gateway.get(
                "/told",
                "Authorization",
                "Bearer " + issuer.token(issuer.claims(",\"client_id\":\"acme\",\"name\":\"a\\r\\nX-Evil: 1\"")));

        assertThat(upstream.requests().getLast().fields())
                .containsEntry("x-consumer", "acme")
                .containsEntry("x-subject", "ada")
                .doesNotContainKeys("x-name", "x-evil");
    }

    @Test
    void anUnknownConsumerOrGroupIsRefusedAndOneInUseCannotGo() {
        route("{\"groups\": [\"gold\"], \"consumers\": [\"acme\"]}", false);

        HttpResponse<String> unknown = gateway.admin(
                "PATCH",
                "/api/v1/routes/guarded",
                "{\"authorization\": {\"groups\": [\"platinum\"], \"consumers\": [\"absent\"]}}");
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body()).contains("/authorization/groups/0", "/authorization/consumers/0");
        assertThat(gateway.admin("DELETE", "/api/v1/consumers/acme", "").statusCode())
                .isEqualTo(409);
        assertThat(gateway.admin("PUT", "/api/v1/consumers/acme", "{\"groups\": [\"tin\"]}")
                        .statusCode())
                .as("the last consumer of the group")
                .isEqualTo(409);
        HttpResponse<String> together = gateway.admin("POST", "/api/v1/changes", """
                {"edits": [{"put": {"id": "late"}, "kind": "consumer"},
                           {"patch": {"id": "guarded", "merge": {"authorization": {"groups": null, "consumers": ["late"]}}}},
                           {"delete": "beta", "kind": "consumer"}]}""");
        assertThat(together.statusCode()).as(together.body()).isEqualTo(200);
        put("consumers/beta", "{\"groups\": [\"silver\"]}");
    }

    private static void route(String rules, boolean optional) {
        gateway.route(
                "guarded",
                "/guarded",
                upstream.url(),
                ", \"authentication\": {\"anyOf\": [\"jwt:main\"], \"optional\": " + optional + "}, \"authorization\": "
                        + rules);
    }

    private static HttpResponse<String> get(String token) {
        return gateway.get("/guarded", "Authorization", "Bearer " + token);
    }

    private static void put(String path, String json) {
        HttpResponse<String> response = gateway.admin("PUT", "/api/v1/" + path, json);
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
    }
}
