package dev.pintle.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.EntityKind;
import dev.pintle.config.VersionedDocument;
import dev.pintle.routing.RouteSchema;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change affects the routes whose requests it may change. */
class AffectedRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SettingLayers LAYERS = SettingLayers.of(RouteSchema.SCHEMA);
    private static final String ROUTE = "{\"match\": {\"path\": \"/a\"}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | {\"a\": 1} | {} | {\"a\": 1} | ",
                "{} | {\"a\": 1} | {} | {\"a\": 2, \"b\": 3} | a,b",
                "{} | {\"a\": 1, \"b\": 1} | {} | {\"a\": 1} | ",
                "{} | {\"a\": \"timeout\", \"b\": 1} | {\"timeout\": {\"total\": \"5s\"}} | {\"a\": \"timeout\", \"b\": 1} | b",
                "{} | {\"a\": 1} | {\"timeout\": {\"total\": \"30s\"}} | {\"a\": \"note\"} | "
            })
    void aRouteIsAffectedByItsDocumentAndByTheDefaults(
            String defaultsBefore, String routesBefore, String defaults, String routes, String affected)
            throws Exception {
        assertThat(AffectedRoutes.between(
                        configuration(1, defaultsBefore, routesBefore), configuration(2, defaults, routes), LAYERS))
                .containsExactlyElementsOf(affected == null ? List.of() : List.of(affected.split(",")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "consumer c          | {\"enabled\": false}     | {} | jwt,key,other",
                "consumer c          | {\"description\": \"x\"} | {} | ",
                "consumer new        | {}                       | {} | jwt,key,other",
                "identity-provider p | {\"issuer\": \"x\"}      | {} | jwt",
                "identity-provider p | {\"owner\": \"x\"}       | {} | ",
                "identity-provider p | {\"issuer\": \"x\"}      | {\"authentication\": {\"anyOf\": [\"jwt:p\"]}} | jwt,open",
                "identity-provider n | {\"issuer\": \"x\"}      | {} | "
            })
    void aConsumerOrProviderAffectsTheRoutesThatVerifyItsCredentials(
            String key, String document, String defaults, String affected) throws Exception {
        assertThat(AffectedRoutes.between(
                        withIdentities(defaults, Map.of()), withIdentities(defaults, Map.of(key, document)), LAYERS))
                .containsExactlyElementsOf(affected == null ? List.of() : List.of(affected.split(",")));
    }

    private static Configuration withIdentities(String defaults, Map<String, String> changed) throws Exception {
        SortedMap<String, VersionedDocument> routes = new TreeMap<>();
        routes.put("open", stored("{}"));
        routes.put("key", stored("{\"authentication\": {\"anyOf\": [\"apiKey\"]}}"));
        routes.put("jwt", stored("{\"authentication\": {\"anyOf\": [\"basic\", \"jwt:p\"]}}"));
        routes.put("other", stored("{\"authentication\": {\"anyOf\": [\"jwt:q\"]}}"));
        Map<EntityKind, SortedMap<String, VersionedDocument>> entities = new EnumMap<>(EntityKind.class);
        entities.put(EntityKind.CONSUMER, new TreeMap<>(Map.of("c", stored("{}"))));
        entities.put(EntityKind.IDENTITY_PROVIDER, new TreeMap<>(Map.of("p", stored("{}"))));
        for (Map.Entry<String, String> change : changed.entrySet()) {
            String[] key = change.getKey().split(" ", 2);
            entities.get(EntityKind.of(key[0]).orElseThrow()).put(key[1], stored(change.getValue()));
        }
        return new Configuration(1, stored(defaults), routes, entities, List.of());
    }

    private static VersionedDocument stored(String json) throws Exception {
        return new VersionedDocument(1, object(json));
    }

    private static Configuration configuration(long revision, String defaults, String routes) throws Exception {
        TreeMap<String, VersionedDocument> documents = new TreeMap<>();
        for (Map.Entry<String, JsonNode> route : JSON.readTree(routes).properties()) {
            documents.put(route.getKey(), new VersionedDocument(revision, object(document(route.getValue()))));
        }
        return new Configuration(
                revision, new VersionedDocument(revision, object(defaults)), documents, Map.of(), List.of());
    }

    private static ObjectNode object(String json) throws Exception {
        return (ObjectNode) JSON.readTree(json);
    }

    private static String document(JsonNode value) {
        return switch (value.asText()) {
            case "1" -> ROUTE;
            case "timeout" -> "{\"match\": {\"path\": \"/a\"}, \"timeout\": {\"total\": \"9s\"}}";
            case "note" -> "{\"match\": {\"path\": \"/a\"}, \"description\": \"x\"}";
            default -> "{\"match\": {\"path\": \"/" + value.asText() + "\"}}";
        };
    }
}
