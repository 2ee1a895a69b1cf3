package dev.pintle.importers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A predicate or a filter of Spring Cloud Gateway: {@code Name=a, b}, or an object with {@code name} and {@code args}.
 *
 * @param values the values in order; of named arguments too
 * @param named the named arguments; empty for the short form
 */
record SpringStep(String name, List<String> values, Map<String, JsonNode> named) {
    static SpringStep of(JsonNode json) {
        if (json.isTextual()) {
            String[] parts = json.asText().split("=", 2);
            List<String> values = parts.length < 2
                    ? List.of()
                    : Stream.of(parts[1].split(",")).map(String::strip).toList();
            return new SpringStep(parts[0].strip(), values, Map.of());
        }
        Map<String, JsonNode> named = new LinkedHashMap<>();
        json.path("args").properties().forEach(entry -> named.put(entry.getKey(), entry.getValue()));
        List<String> values = named.values().stream()
                .flatMap(value -> value.isArray() ? value.valueStream() : Stream.of(value))
                .map(JsonNode::asText)
                .toList();
        return new SpringStep(json.path("name").asText(), values, Map.copyOf(named));
    }

    /** The value at a position; empty without one. */
    String value(int index) {
        return index < values.size() ? values.get(index) : "";
    }

    /** The named argument as text, or the value at a position. */
    String text(String key, int index) {
        JsonNode value = named.get(key);
        return value == null ? (named.isEmpty() ? value(index) : "") : value.asText();
    }

    /** The items of a list or of a text with commas. */
    List<String> texts(String key, int index) {
        JsonNode value = named.get(key);
        if (value != null && value.isArray()) {
            return value.valueStream().map(JsonNode::asText).toList();
        }
        String text = text(key, index);
        return text.isEmpty() ? List.of() : List.of(text.split("\\s*,\\s*"));
    }
}
