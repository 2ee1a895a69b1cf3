package dev.pintle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.oas.OpenApi30;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The responses that an OpenAPI document describes. Objects have the described properties and no others, also where the
 * document permits more.
 */
public final class OpenApiResponses {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String LOCATION = "https://pintle.test/openapi.json";

    /** The schemas of responses, by number. They are part of the document, so that their references resolve. */
    private static final String SCHEMAS = "x-schemas";

    private final JsonNode document;
    private final ObjectNode schemas;
    private final List<Operation> operations = new ArrayList<>();
    private final JsonSchemaFactory factory;
    private final Map<String, JsonSchema> compiled = new ConcurrentHashMap<>();

    private record Operation(String method, String path, Pattern pattern, Map<String, Map<String, String>> schemas) {
        private boolean matches(String calledMethod, String calledPath) {
            return method.equals(calledMethod) && pattern.matcher(calledPath).matches();
        }

        /** A literal path wins over a template. */
        private long parameters() {
            return path.chars().filter(character -> character == '{').count();
        }
    }

    private OpenApiResponses(JsonNode document) {
        this.document = document;
        this.schemas = ((ObjectNode) document).putObject(SCHEMAS);
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method ->
                                operations.add(operation(method.getKey(), path.getKey(), method.getValue()))));
        operations.sort(Comparator.comparingLong(Operation::parameters));
        close(document);
        factory = JsonSchemaFactory.getInstance(
                VersionFlag.V4,
                builder -> builder.metaSchema(OpenApi30.getInstance())
                        .defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
                        .schemaLoaders(loaders -> loaders.schemas(Map.of(LOCATION, document.toString()))));
    }

    /** Reads a document. */
    public static OpenApiResponses of(String json) throws JsonProcessingException {
        return new OpenApiResponses(MAPPER.readTree(json));
    }

    /** Checks that the document describes a response to a call. Ignores calls of unknown paths. */
    public void check(String method, String path, HttpResponse<String> response) {
        String plain = path.split("\\?", 2)[0];
        for (Operation operation : operations) {
            if (operation.matches(method, plain)) {
                check(operation, response);
                return;
            }
        }
    }

    private void check(Operation operation, HttpResponse<String> response) {
        String status = Integer.toString(response.statusCode());
        String name = operation.method + ' ' + operation.path + ' ' + status;
        boolean success = response.statusCode() < 300;
        assertThat(operation.schemas.containsKey(status) || !success)
                .as("%s is a documented status", name)
                .isTrue();
        boolean isCompressed = response.headers().firstValue("Content-Encoding").isPresent();
        if (response.body().isEmpty() || isCompressed) {
            return;
        }
        String mediaType =
                response.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
        if (response.statusCode() == 400 && mediaType.equals("text/html")) {
            // Jetty rejects the URI before the API sees it.
            return;
        }
        String schema = operation
                .schemas
                .getOrDefault(status, operation.schemas.get("default"))
                .get(mediaType);
        assertThat(schema).as("the schema of %s as %s", name, mediaType).isNotNull();
        if (mediaType.endsWith("json")) {
            assertThat(compiled.computeIfAbsent(schema, this::compile).validate(response.body(), InputFormat.JSON))
                    .as("%s: %s", name, response.body())
                    .isEmpty();
        }
    }

    private JsonSchema compile(String schema) {
        return factory.getSchema(
                SchemaLocation.of(LOCATION + "#/" + SCHEMAS + '/' + schema),
                SchemaValidatorsConfig.builder().build());
    }

    private Operation operation(String method, String path, JsonNode operation) {
        Map<String, Map<String, String>> responses = new ConcurrentHashMap<>();
        operation.path("responses").properties().forEach(response -> {
            Map<String, String> contents = new ConcurrentHashMap<>();
            resolve(response.getValue()).path("content").properties().forEach(content -> {
                String number = Integer.toString(schemas.size());
                schemas.set(number, content.getValue().path("schema"));
                contents.put(content.getKey(), number);
            });
            responses.put(response.getKey(), contents);
        });
        Pattern pattern = Pattern.compile(path.replaceAll("\\{[^}]+}", "[^/]+"));
        return new Operation(method.toUpperCase(Locale.ROOT), path, pattern, responses);
    }

    private JsonNode resolve(JsonNode response) {
        String reference = response.path("$ref").asText();
        return reference.isEmpty() ? response : document.at(reference.substring(1));
    }

    /** Forbids properties that a schema does not describe. */
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode schema
                && schema.path("properties").isObject()
                && !schema.has("additionalProperties")) {
            schema.put("additionalProperties", false);
        }
        node.forEach(OpenApiResponses::close);
    }
}
