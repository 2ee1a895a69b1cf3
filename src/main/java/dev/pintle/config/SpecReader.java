package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
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
 * Reads JSON into the spec records and finds every fault of form in one pass: unknown keys, wrong types, unreadable values.
 * Data binding libraries stop at the first. The records are the schema; a faulty value reads as absent, and a faulty element
 * of a list as null, so that the others keep their places.
 */
final class SpecReader {
    private final List<Violation> violations = new ArrayList<>();

    /** What was wrong so far. */
    List<Violation> violations() {
        return violations;
    }

    /** The record that the object holds; components that are absent, null or faulty are null. Null when it is no object. */
    <R extends Record> @Nullable R read(JsonNode object, String pointer, Class<R> type) {
        if (!object.isObject()) {
            fault(pointer, "must be a JSON object; it is " + kind(object));
            return null;
        }
        RecordComponent[] components = type.getRecordComponents();
        refuseUnknownKeys(object, pointer, components);
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            values[i] = value(object.get(name), pointer + '/' + name, components[i].getGenericType());
        }
        return construct(type, components, values);
    }

    private void refuseUnknownKeys(JsonNode object, String pointer, RecordComponent[] components) {
        List<String> known =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                fault(JsonPointers.child(pointer, name), "is not a known key; known here: " + String.join(", ", known));
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
            return text(node, pointer, "a string of whole Unicode characters", SpecReader::whole);
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
        return nested(node, pointer, (Class<?>) type);
    }

    private @Nullable Object nested(JsonNode node, String pointer, Class<?> type) {
        return read(node, pointer, type.asSubclass(Record.class));
    }

    private @Nullable Object list(JsonNode node, String pointer, Type element) {
        if (!node.isArray()) {
            return wrong(pointer, "a list", node);
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            values.add(element(node.get(i), pointer + '/' + i, element));
        }
        return Collections.unmodifiableList(values);
    }

    private @Nullable Object element(JsonNode node, String pointer, Type type) {
        if (node.isNull()) {
            fault(pointer, "must not be null; leave it out");
        }
        return value(node, pointer, type);
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
        return Map.copyOf(values);
    }

    private @Nullable Object text(
            JsonNode node, String pointer, String form, Function<String, ? extends Optional<?>> parse) {
        Optional<?> value = node.isTextual() ? parse.apply(node.textValue()) : Optional.empty();
        return value.isPresent() ? value.get() : wrong(pointer, form, node);
    }

    private @Nullable Object wrong(String pointer, String expected, JsonNode node) {
        fault(pointer, "must be " + expected + "; it is " + kind(node));
        return null;
    }

    private void fault(String pointer, String message) {
        violations.add(new Violation(pointer, message));
    }

    private static String kind(JsonNode node) {
        if (node.isObject()) {
            return "an object";
        }
        if (node.isArray()) {
            return "a list";
        }
        return Truncated.of(node.toString());
    }

    /** The text, unless it holds half a surrogate pair, which cannot be stored or sent. */
    private static Optional<String> whole(String text) {
        boolean broken = text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
        return broken ? Optional.empty() : Optional.of(text);
    }

    private static <R extends Record> R construct(
            Class<R> type, RecordComponent[] components, @Nullable Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    type + " cannot be made of "
                            + Arrays.stream(types).map(Class::getName).collect(Collectors.joining()),
                    e);
        }
    }
}
