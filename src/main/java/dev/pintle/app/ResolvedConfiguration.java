package dev.pintle.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A parsed config.yml with resolved references to environment variables. A key whose whole value is a reference to an
 * unset or empty variable is omitted, so that its default applies.
 */
final class ResolvedConfiguration {
    private final UnaryOperator<@Nullable String> environment;
    private final List<String> errors = new ArrayList<>();
    private final Map<String, String> variables = new HashMap<>();
    private final @Nullable JsonNode tree;

    private ResolvedConfiguration(JsonNode parsed, UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
        this.tree = resolve("", parsed);
    }

    /** @param environment the value of a variable; null when the variable is not set */
    static ResolvedConfiguration of(JsonNode parsed, UnaryOperator<@Nullable String> environment) {
        return new ResolvedConfiguration(parsed, environment);
    }

    JsonNode tree() {
        return tree == null ? JsonNodeFactory.instance.nullNode() : tree;
    }

    /** One sentence for each unresolvable reference, with its key and variable and without any value. */
    List<String> errors() {
        return errors;
    }

    /** The variable that provides the value of a key; null for a literal value. */
    @Nullable
    String variable(String key) {
        return variables.get(key);
    }

    private @Nullable JsonNode resolve(String key, JsonNode node) {
        return switch (node) {
            case ObjectNode object -> resolve(key, object);
            case ArrayNode array -> resolve(key, array);
            case TextNode text -> resolve(key, text);
            default -> node;
        };
    }

    private ObjectNode resolve(String key, ObjectNode object) {
        ObjectNode resolved = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String name = entry.getKey();
            JsonNode value = resolve(key.isEmpty() ? name : key + '.' + name, entry.getValue());
            if (value != null) {
                resolved.set(name, value);
            }
        }
        return resolved;
    }

    private ArrayNode resolve(String key, ArrayNode array) {
        ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : array) {
            JsonNode value = resolve(key + '[' + resolved.size() + ']', element);
            if (value != null) {
                resolved.add(value);
            }
        }
        return resolved;
    }

    private @Nullable JsonNode resolve(String key, TextNode node) {
        try {
            TextTemplate template = TextTemplate.parse(node.textValue());
            template.names().findFirst().ifPresent(name -> variables.put(key, name));
            String value = template.resolve(environment);
            return value.isEmpty() && template.isReference() ? null : TextNode.valueOf(value);
        } catch (IllegalArgumentException e) {
            errors.add(key + ": " + e.getMessage() + '.');
            return null;
        }
    }
}
