package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parses JSON into spec records and reports every unknown key, wrong type and unreadable value in one pass, unlike data
 * binding libraries, which stop at the first. An unreadable value becomes null, also inside a list, so that the other
 * elements keep their positions. Used by one thread.
 */
final class SpecReader {
    private final List<Violation> violations = new ArrayList<>();

    List<Violation> violations() {
        return violations;
    }

    /** Reads the value of one key; null when it cannot be read. */
    <R extends Record> @Nullable R read(JsonNode node, String pointer, SpecShape<R> shape) {
        SpecComponent single = shape.singleValue();
        if (single != null) {
            Object value = value(node, pointer, single.type());
            return value == null ? null : shape.create(new Object[] {value});
        }
        if (!node.isObject()) {
            rejectNonObject(node, pointer);
            return null;
        }
        rejectUnknownKeys(
                node,
                pointer,
                shape.components().stream().map(SpecComponent::name).toList());
        return components(node, pointer, shape);
    }

    /** Reads the components of an object and ignores its other keys; absent, null and unreadable values are null. */
    <R extends Record> R components(JsonNode object, String pointer, SpecShape<R> shape) {
        return shape.create(shape.components().stream()
                .map(component ->
                        value(object.get(component.name()), pointer + '/' + component.name(), component.type()))
                .toArray());
    }

    /** Reports a value that must be an object. */
    void rejectNonObject(JsonNode node, String pointer) {
        report(pointer, "must be a JSON object; it is " + kind(node));
    }

    /** Reports the unknown keys of an object. */
    void rejectUnknownKeys(JsonNode object, String pointer, List<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                report(
                        JsonPointers.child(pointer, name),
                        "is not a known key; known here: " + String.join(", ", known));
            }
        });
    }

    private @Nullable Object value(@Nullable JsonNode node, String pointer, Type type) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            Type element = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType() == List.class ? list(node, pointer, element) : map(node, pointer, element);
        }
        if (type == String.class) {
            return text(node, pointer, "a string of whole Unicode characters", SpecReader::wellFormed);
        }
        if (type == Boolean.class) {
            return node.isBoolean() ? (Object) node.booleanValue() : wrong(pointer, "true or false", node);
        }
        if (type == Integer.class) {
            return node.isIntegralNumber() && node.canConvertToInt()
                    ? (Object) node.intValue()
                    : wrong(pointer, "a whole number up to " + Integer.MAX_VALUE, node);
        }
        if (type == Duration.class) {
            return text(node, pointer, "a duration such as \"250ms\", \"3s\" or \"1m\"", Durations::parse);
        }
        if (type == DataSize.class) {
            return text(node, pointer, "a size such as \"64KiB\" or \"10MiB\"", DataSize::parse);
        }
        if (type == ObjectNode.class) {
            return node.isObject() ? node : wrong(pointer, "a JSON object", node);
        }
        return constantOrRecord(node, pointer, (Class<?>) type);
    }

    private @Nullable Object constantOrRecord(JsonNode node, String pointer, Class<?> type) {
        return type.isEnum()
                ? constant(node, pointer, type)
                : read(node, pointer, SpecShape.of(type.asSubclass(Record.class)));
    }

    private @Nullable Object constant(JsonNode node, String pointer, Class<?> type) {
        Map<String, Object> constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(Keywords::of, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        return text(
                node,
                pointer,
                "one of " + String.join(", ", constants.keySet()),
                text -> Optional.ofNullable(constants.get(text)));
    }

    private @Nullable Object list(JsonNode node, String pointer, Type element) {
        if (!node.isArray()) {
            return wrong(pointer, "a list", node);
        }
        List<@Nullable Object> values = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            values.add(element(node.get(i), pointer + '/' + i, element));
        }
        return Collections.unmodifiableList(values);
    }

    private @Nullable Object map(JsonNode node, String pointer, Type element) {
        if (!node.isObject()) {
            return wrong(pointer, "a JSON object", node);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        node.properties().forEach(property -> {
            Object value = element(property.getValue(), JsonPointers.child(pointer, property.getKey()), element);
            if (value != null) {
                values.put(property.getKey(), value);
            }
        });
        return Collections.unmodifiableMap(values);
    }

    private @Nullable Object element(JsonNode node, String pointer, Type type) {
        if (node.isNull()) {
            report(pointer, "must not be null; remove it");
        }
        return value(node, pointer, type);
    }

    private @Nullable Object text(
            JsonNode node, String pointer, String form, Function<String, ? extends Optional<?>> parse) {
        Optional<?> value = node.isTextual() ? parse.apply(node.textValue()) : Optional.empty();
        return value.isPresent() ? value.get() : wrong(pointer, form, node);
    }

    private @Nullable Object wrong(String pointer, String expected, JsonNode node) {
        report(pointer, "must be " + expected + "; it is " + kind(node));
        return null;
    }

    private void report(String pointer, String message) {
        violations.add(new Violation(pointer, message));
    }

    private static String kind(JsonNode node) {
        if (node.isObject()) {
            return "an object";
        }
        return node.isArray() ? "a list" : Truncated.of(node.toString());
    }

    /** Accepts text without lone surrogates, which UTF-8 cannot encode. */
    private static Optional<String> wellFormed(String text) {
        return UnicodeText.isWellFormed(text) ? Optional.of(text) : Optional.empty();
    }
}
