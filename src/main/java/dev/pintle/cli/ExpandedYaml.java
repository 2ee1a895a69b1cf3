package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts loaded YAML to JSON. An alias becomes the same node as its anchor. A few aliases of aliases can stand for any number of
 * values, so this number has a bound. Used by one thread.
 */
final class ExpandedYaml {
    private static final long MAX_VALUES = 10_000_000;

    private final ObjectMapper mapper;
    private final IdentityHashMap<Object, Expanded> known = new IdentityHashMap<>();
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param size the number of values with those of all aliases */
    private record Expanded(JsonNode json, long size) {}

    ExpandedYaml(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** @throws CommandException when the aliases stand for too many values, or one occurs within its own value */
    JsonNode json(@Nullable Object document) throws CommandException {
        Expanded expanded = expanded(document);
        if (expanded.size > MAX_VALUES) {
            throw new CommandException("The YAML has more than " + MAX_VALUES
                    + " values when its aliases are expanded; remove aliases, or split the file.");
        }
        return expanded.json;
    }

    private Expanded expanded(@Nullable Object value) throws CommandException {
        return switch (value) {
            case String text -> new Expanded(TextNode.valueOf(text), 1);
            case Map<?, ?> map -> collection(map);
            case Collection<?> list -> collection(list);
            case null, default -> new Expanded(mapper.valueToTree(value), 1);
        };
    }

    private Expanded collection(Object value) throws CommandException {
        Expanded before = known.get(value);
        if (before != null) {
            return before;
        }
        if (!open.add(value)) {
            throw new CommandException("The YAML has an alias that occurs within its own value; remove it.");
        }
        Expanded expanded = value instanceof Map<?, ?> map ? object(map) : array((Collection<?>) value);
        open.remove(value);
        known.put(value, expanded);
        return expanded;
    }

    private Expanded object(Map<?, ?> map) throws CommandException {
        ObjectNode object = mapper.createObjectNode();
        long size = 1;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Expanded member = expanded(entry.getValue());
            object.set(String.valueOf(entry.getKey()), member.json);
            size += member.size;
        }
        return new Expanded(object, Math.min(size, MAX_VALUES + 1));
    }

    private Expanded array(Collection<?> list) throws CommandException {
        ArrayNode array = mapper.createArrayNode();
        long size = 1;
        for (Object each : list) {
            Expanded item = expanded(each);
            array.add(item.json);
            size += item.size;
        }
        return new Expanded(array, Math.min(size, MAX_VALUES + 1));
    }
}
