package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the values of spec records in the format of the documents. */
final class SpecWriter {
    private SpecWriter() {}

    /** Returns the JSON of a value, without absent components. */
    static JsonNode json(Object value) {
        return switch (value) {
            case String text -> TextNode.valueOf(text);
            case Integer number -> IntNode.valueOf(number);
            case Boolean bool -> BooleanNode.valueOf(bool);
            case Duration duration -> TextNode.valueOf(Durations.format(duration));
            case DataSize size -> TextNode.valueOf(size.toString());
            case Enum<?> constant -> TextNode.valueOf(Keywords.of(constant));
            case List<?> list -> array(list);
            case Map<?, ?> map -> object(map);
            case JsonNode json -> json;
            case Record spec -> object(spec);
            default -> throw new IllegalArgumentException("Cannot write JSON for " + value.getClass());
        };
    }

    private static ArrayNode array(List<?> list) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        list.forEach(element -> array.add(json(element)));
        return array;
    }

    private static ObjectNode object(Map<?, ?> map) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        map.forEach((key, value) -> object.set((String) key, json(value)));
        return object;
    }

    private static ObjectNode object(Record spec) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (SpecComponent component : SpecShape.of(spec.getClass()).components()) {
            @Nullable Object value = component.value(spec);
            if (value != null) {
                object.set(component.name(), json(value));
            }
        }
        return object;
    }
}
