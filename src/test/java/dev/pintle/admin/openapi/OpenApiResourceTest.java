package dev.pintle.admin.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.testing.AdminApiHarness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OpenAPI document describes the admin API. */
class OpenApiResourceTest {
    private static JsonNode api;

    @BeforeAll
    static void read(@TempDir Path folder) throws Exception {
        try (AdminApiHarness admin = new AdminApiHarness(folder)) {
            api = admin.get("/api/v1/openapi.json").json();
        }
    }

    @Test
    void everyOperationIsDescribed() {
        List<String> calls = new ArrayList<>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> calls.add(method + ' ' + path.getKey())));

        assertThat(calls)
                .containsExactlyInAnyOrder(
                        "get /__health",
                        "get /__ready",
                        "get /__routes",
                        "get /__circuit",
                        "get /__limits",
                        "get /__metrics",
                        "get /api/v1/routes",
                        "post /api/v1/routes",
                        "post /api/v1/routes/validate",
                        "get /api/v1/routes/{id}",
                        "put /api/v1/routes/{id}",
                        "patch /api/v1/routes/{id}",
                        "delete /api/v1/routes/{id}",
                        "get /api/v1/{kind}",
                        "post /api/v1/{kind}",
                        "get /api/v1/{kind}/{id}",
                        "put /api/v1/{kind}/{id}",
                        "patch /api/v1/{kind}/{id}",
                        "delete /api/v1/{kind}/{id}",
                        "get /api/v1/consumers/{consumer}/keys",
                        "post /api/v1/consumers/{consumer}/keys",
                        "delete /api/v1/consumers/{consumer}/keys/{id}",
                        "get /api/v1/consumers/{consumer}/certificates",
                        "post /api/v1/consumers/{consumer}/certificates",
                        "delete /api/v1/consumers/{consumer}/certificates/{id}",
                        "put /api/v1/consumers/{consumer}/password",
                        "delete /api/v1/consumers/{consumer}/password",
                        "get /api/v1/defaults",
                        "put /api/v1/defaults",
                        "post /api/v1/changes",
                        "get /api/v1/live",
                        "get /api/v1/circuits/{route}",
                        "get /api/v1/revisions",
                        "get /api/v1/revisions/{number}",
                        "get /api/v1/revisions/{number}/configuration",
                        "post /api/v1/revisions/{number}/restore",
                        "post /api/v1/revisions/{number}/confirm",
                        "post /api/v1/revisions/{number}/revert",
                        "get /api/v1/diff",
                        "get /api/v1/lint",
                        "get /api/v1/audit",
                        "get /api/v1/audit/verify",
                        "post /api/v1/explain",
                        "get /api/v1/nodes",
                        "get /api/v1/circuits",
                        "get /api/v1/tunnels",
                        "delete /api/v1/tunnels",
                        "get /api/v1/connections",
                        "get /api/v1/maintenance",
                        "put /api/v1/maintenance/{route}",
                        "delete /api/v1/maintenance/{route}",
                        "put /api/v1/circuits/{route}",
                        "get /api/v1/limits/{route}",
                        "delete /api/v1/limits/{route}");
    }

    @Test
    void aRouteIsDescribedAsOperatorsWriteIt() {
        JsonNode route = api.at("/components/schemas/Route");

        assertThat(route.path("required")).extracting(JsonNode::asText).containsExactly("match");
        assertThat(route.path("oneOf").findValuesAsText("required"))
                .as("one of the outcomes")
                .hasSize(3);
        assertThat(route.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(route.at("/properties/timeout/properties/attempt/type").asText())
                .isEqualTo("string");
        assertThat(route.at("/properties/timeout/properties/attempt/default").asText())
                .isEqualTo("10s");
        assertThat(route.at("/properties/maxRequestBody/example").asText()).isEqualTo("64KiB");
        assertThat(route.at("/properties/upstream/properties/targets/items/properties/url/type")
                        .asText())
                .isEqualTo("string");
        assertThat(route.at("/properties/upstream/properties/tls/properties").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("caBundle", "serverName", "clientCertificate");
    }

    @Test
    void theBoundsOfATextAreLengths() {
        List<JsonNode> schemas = schemas(api.path("components"), new ArrayList<>());

        assertThat(schemas)
                .filteredOn(schema -> schema.path("type").asText().equals("string"))
                .isNotEmpty()
                .allSatisfy(schema -> assertThat(schema.has("minItems") || schema.has("maxItems"))
                        .as(schema.toString())
                        .isFalse());
        assertThat(schemas)
                .filteredOn(schema -> schema.at("/properties/requiredType").isObject())
                .singleElement()
                .satisfies(provider -> {
                    assertThat(provider.at("/properties/requiredType/minLength").asInt())
                            .isEqualTo(1);
                    assertThat(provider.at("/properties/requiredType/maxLength").asInt())
                            .isEqualTo(100);
                    assertThat(provider.at("/properties/audiences/maxItems").asInt())
                            .isEqualTo(32);
                });
    }

    private static List<JsonNode> schemas(JsonNode node, List<JsonNode> found) {
        if (node.isObject()) {
            found.add(node);
        }
        node.forEach(child -> schemas(child, found));
        return found;
    }

    @Test
    void everyReferenceResolves() {
        assertThat(api.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(
                        reference -> assertThat(api.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
    }

    @Test
    void everyOperationNeedsATokenAndMayReturnAProblem() {
        assertThat(api.at("/components/securitySchemes/token/scheme").asText()).isEqualTo("bearer");
        assertThat(api.path("security").findValues("token")).isNotEmpty();
        assertThat(api.path("paths").findValues("responses"))
                .isNotEmpty()
                .allSatisfy(responses ->
                        assertThat(responses.at("/default/$ref").asText()).endsWith("/Problem"));
    }

    @Test
    void authenticationErrorsAreDescribedWhereTheyMayOccur() {
        assertThat(api.at("/paths/~1api~1v1~1routes/post/responses").properties())
                .extracting(java.util.Map.Entry::getKey)
                .contains("401", "403", "429");
        assertThat(api.at("/paths/~1api~1v1~1explain/post/responses").properties())
                .extracting(java.util.Map.Entry::getKey)
                .contains("401", "429")
                .doesNotContain("403");
        assertThat(api.at("/paths/~1__health/get/responses").properties())
                .extracting(java.util.Map.Entry::getKey)
                .doesNotContain("401", "403", "429");
    }
}
